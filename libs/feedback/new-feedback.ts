import type { SystemValues } from '#libs/channels/system-columns.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { GLOBAL } from '#libs/scopes/scope.js';
import { type ColumnValues, columnValues } from './column-values.js';
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
  const values = columnValues({
    authorId,
    authorName,
    authorEmail,
    contactConsent,
    sentiment,
    submittedAt,
    ...columns,
  });
  return {
    projectId,
    id,
    channelId,
    dialect: input.dialect,
    fields: input.fields,
    searchText: input.texts.join('\n'),
    ...NOTHING,
    submittedAt: createdAt,
    ...values,
    ...stageOf(values),
    createdAt,
    updatedAt: now,
  };
}

/** Feedback about a scope is open from the start. @throws DomainError invalid for a scope that there cannot be */
function stageOf({ scopeType, scopeId, status }: Partial<ColumnValues>): Partial<ColumnValues> {
  const needsId = scopeType != null && scopeType !== GLOBAL.type;
  if (needsId !== Boolean(scopeId)) {
    const message = needsId
      ? `scopeId is needed for the scope ${scopeType}`
      : 'scopeId needs a scope of its own';
    throw new DomainError('invalid', 'scope', message, { violations: [{ field: 'scopeId', message }] });
  }
  return scopeType ? { status: status ?? 'OPEN' } : {};
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
