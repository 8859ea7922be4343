import { sha256 } from '#libs/platform/crypto/secrets.js';
import { projectUuid } from '#libs/platform/ids/project-uuid.js';
import type { ContentSet } from './content-set.entity.js';
import type { Content } from './content.entity.js';

/** What a content says of itself; what is left out is not known. */
export interface ContentDetails {
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly url?: string | null | undefined;
}

/** The row of a new content. */
export function newContent(
  set: Pick<ContentSet, 'projectId' | 'id'>,
  key: string,
  details: ContentDetails,
  now: Date,
): Content {
  const { title = null, description = null, url = null } = details;
  return {
    projectId: set.projectId,
    id: projectUuid(set.projectId, now.getTime()),
    contentSetId: set.id,
    key,
    keyDigest: sha256(key),
    title,
    description,
    url,
    searchText: searchText(key, title, url),
    state: 'active',
    createdAt: now,
    updatedAt: now,
  };
}

/** What a search for a content looks at. */
export function searchText(key: string, title: string | null, url: string | null): string {
  return [key, title, url].filter((part) => part !== null).join('\n');
}
