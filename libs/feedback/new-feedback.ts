import { emailForms } from '#libs/platform/email/normalize-email.js';
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
  /** When it was said; left out, now. */
  readonly submittedAt?: Date;
}

/** The row of a new feedback. */
export function toRow(
  { projectId, channelId }: ChannelRef,
  id: number,
  input: NewFeedback,
  now: Date,
): Feedback {
  const email = input.authorEmail ? emailForms(input.authorEmail) : undefined;
  return {
    projectId,
    id,
    channelId,
    dialect: input.dialect,
    fields: input.fields,
    searchText: input.texts.join('\n'),
    authorId: input.authorId ?? null,
    authorName: input.authorName ?? null,
    authorEmail: email?.shown ?? null,
    authorEmailNormalized: email?.normalized ?? null,
    contactConsent: input.contactConsent ?? null,
    sentiment: input.sentiment ?? null,
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
    submittedAt: input.submittedAt ?? now,
    createdAt: now,
    updatedAt: now,
  };
}
