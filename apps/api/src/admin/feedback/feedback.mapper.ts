import type { AttachedFile } from '#libs/attachments/attachments.store.js';
import type { Sentiment } from '#libs/feedback/feedback.entity.js';
import type { TriageFilter } from '#libs/feedback/triage/triage-filter.js';
import type { TriageItem } from '#libs/feedback/triage/triage.service.js';
import type { FeedbackHistory } from '#libs/feedback/workflow/feedback-history.entity.js';
import type { Facets } from '#libs/statistics/statistics.service.js';
import type { SentimentName } from '#libs/statistics/sentiment-name.js';
import { instantOf } from '#apps/api/src/http/validation/is-instant.js';
import { toTimes } from '../admin.mapper.js';
import { toVolumeView } from '../statistics/statistics.mapper.js';
import type { FacetsView } from './facets.dto.js';
import type { FeedbackListQuery } from './feedback-query.dto.js';
import type { FeedbackFileView, InboxItemView, TriageHistoryView } from './feedback.dto.js';

const SENTIMENTS: Readonly<Record<SentimentName, Sentiment | null>> = {
  negative: -1,
  neutral: 0,
  positive: 1,
  none: null,
};

export function toFilter(query: FeedbackListQuery): TriageFilter {
  const { projectId, channelId, issueId, assigneeId, category, authorEmail, text, from, before } = query;
  return {
    projectId,
    channelId,
    issueId,
    dialects: query.dialect,
    statuses: query.status,
    severities: query.severity,
    sentiments: query.sentiment?.map((name) => SENTIMENTS[name]),
    labels: query.label,
    assigneeId,
    category,
    authorEmail,
    text,
    from: instantOf(from),
    before: instantOf(before),
  };
}

export function toInboxItemView({ feedback, values, issues, files }: TriageItem): InboxItemView {
  const { id, projectId, channelId, dialect, sentiment, severity, category, assigneeId } = feedback;
  return {
    id,
    projectId,
    channelId,
    dialect,
    values: { ...values },
    author: {
      id: feedback.authorId,
      name: feedback.authorName,
      email: feedback.authorEmail,
      contactConsent: feedback.contactConsent,
    },
    sentiment,
    scope: feedback.scopeType === null ? null : { type: feedback.scopeType, id: feedback.scopeId },
    status: feedback.status ?? 'OPEN',
    severity,
    labels: feedback.labels ?? [],
    category,
    assigneeId,
    resolutionNote: feedback.resolutionNote,
    issues: issues.map((issue) => ({ id: issue.id, name: issue.name, status: issue.status })),
    attachments: files.map(toFileView),
    submittedAt: feedback.submittedAt.toISOString(),
    ...toTimes(feedback),
    acknowledgedAt: feedback.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: feedback.resolvedAt?.toISOString() ?? null,
  };
}

export function toTriageHistoryView(entry: FeedbackHistory): TriageHistoryView {
  const { member, fromValue, toValue, changedAt, actorKind, actorId } = entry;
  return { member, from: fromValue, to: toValue, changedAt: changedAt.toISOString(), actorKind, actorId };
}

export function toFacetsView({ byLabel, byDay, ...volume }: Facets): FacetsView {
  return {
    ...toVolumeView(volume),
    byLabel: byLabel.map(({ label, count }) => ({ label, count })),
    byDay: byDay.map(({ day, count }) => ({ day, count })),
  };
}

function toFileView({ id, feedbackId, name, mediaType, size }: AttachedFile): FeedbackFileView {
  const url = `/api/admin/feedback/${feedbackId}/attachments/${id}`;
  return { id, name, contentType: mediaType, size, url };
}
