import type { ContentState } from './content-state.js';

/** A content as far as a feelback needs it. */
export interface ContentRef {
  readonly projectId: number;
  readonly id: string;
  readonly contentSetId: string;
  readonly state: ContentState;
}
