import type { SystemValues } from '#libs/channels/system-columns.js';
import { columnValues } from './column-values.js';
import type { Feedback, Sentiment } from './feedback.entity.js';
import type { ChannelRef } from './feedback.store.js';

/** A feedback to be written; what is left out was not said. */
export interface NewFeedback {
  /** The public API that it came by. */
  readonly dialect: string;
  /** By the channel's field schema, checked by the caller. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The values of the text fields, for search. */
  readonly texts: readonly string[];
  readonly authorId?: string | null;
  readonly authorName?: string | null;
  /** A checked address. */
  readonly authorEmail?: string | null;
  readonly contactConsent?: boolean | null;
  readonly sentiment?: Sentiment | null;
  /** More columns, as the channel's system fields bring them. */
  readonly columns?: SystemValues;
  /** When it was said; left out, when it was created. */
  readonly submittedAt?: Date;
  /** Left out: now. */
  readonly createdAt?: Date | undefined;
}

/** The row of a new feedback. @throws DomainError invalid for a value that its column does not bear */
export function toRow(
  { projectId, channelId }: ChannelRef,
  id: number,
  input: NewFeedback,
  now: Date,
): Feedback {
  const { authorId, authorName, authorEmail, contactConsent, sentiment, submittedAt, columns } = input;
  const createdAt = input.createdAt ?? now;
  return {
    projectId,
    id,
    channelId,
    dialect: input.dialect,
    fields: input.fields,
    searchText: input.texts.join('\n'),
    ...NOTHING,
    submittedAt: createdAt,
    ...columnValues({
      authorId,
      authorName,
      authorEmail,
      contactConsent,
      sentiment,
      submittedAt,
      ...columns,
    }),
    createdAt,
    updatedAt: now,
  };
}

const NOTHING = {
  authorId: null,
  authorName: null,
  authorEmail: null,
  authorEmailNormalized: null,
  contactConsent: null,
  sentiment: null,
  scopeType: null,
  scopeId: null,
  type: null,
  targetContext: null,
  targetUserId: null,
  status: null,
  severity: null,
  labels: null,
  category: null,
  assigneeId: null,
  resolutionNote: null,
  acknowledgedAt: null,
  resolvedAt: null,
} as const;
