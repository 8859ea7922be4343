import type { FeedbackChange } from '#libs/feedback/workflow/apply-change.js';
import type { FeedbackHistory } from '#libs/feedback/workflow/feedback-history.entity.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Scope, ScopeType } from '#libs/scopes/scope.js';
import type { CreateFeedbackBody } from './dto/create-feedback.dto.js';
import type { FeedbackView } from './dto/feedback.dto.js';
import type { HistoryView } from './dto/history.dto.js';
import type { UpdateFeedbackBody } from './dto/update-feedback.dto.js';
import { NAME } from './scoped-feedback.name.js';
import type { NamedFeedback, Names, NewEntry } from './scoped-feedback.service.js';

const DEFAULT_TYPE = 'GENERAL';
const DEFAULT_SEVERITY = 'MEDIUM';

export function fromBody(body: CreateFeedbackBody): NewEntry {
  const { scope, title, description } = body;
  return {
    dialect: NAME,
    fields: { title, description },
    texts: [title, description],
    scope: { type: scope.type, id: scope.id ?? null },
    type: body.type ?? DEFAULT_TYPE,
    severity: body.severity ?? DEFAULT_SEVERITY,
    labels: body.labels ?? [],
    category: body.category ?? null,
    targetContext: body.targetContext ?? null,
    targetUserId: body.targetUserId ?? null,
    authorId: body.authorId ?? null,
  };
}

export function toScope({ scope, scopeId }: { scope: ScopeType; scopeId?: string }): Scope {
  return { type: scope, id: scopeId ?? null };
}

/** @throws DomainError invalid when nothing is to be changed */
export function toChange(body: UpdateFeedbackBody): FeedbackChange {
  const change: FeedbackChange = {
    status: body.status,
    severity: body.severity,
    labels: body.labels,
    category: body.category,
    targetContext: body.targetContext,
    resolutionNote: body.resolutionNote,
    assigneeId: body.assignedUserId,
  };
  if (Object.values(change).every((value) => value === undefined)) {
    const message = 'The change names no member that can be changed.';
    throw new DomainError('invalid', 'body', message, { violations: [{ field: '', message }] });
  }
  return change;
}

/** What another API wrote without saying it is what a creation here says by leaving it out. */
export function toView({ feedback, names }: NamedFeedback): FeedbackView {
  return {
    id: String(feedback.id),
    scope: { type: feedback.scopeType as ScopeType, id: feedback.scopeId },
    type: feedback.type ?? DEFAULT_TYPE,
    title: text(feedback.fields['title']),
    description: text(feedback.fields['description']),
    category: feedback.category,
    targetContext: feedback.targetContext,
    targetUserId: feedback.targetUserId,
    reporterId: feedback.authorId,
    reporterName: nameOf(names, feedback.authorId),
    assignedUserId: feedback.assigneeId,
    assignedUserName: nameOf(names, feedback.assigneeId),
    labels: feedback.labels ?? [],
    status: feedback.status!,
    severity: feedback.severity ?? DEFAULT_SEVERITY,
    resolutionNote: feedback.resolutionNote,
    createdAt: feedback.createdAt.toISOString(),
    updatedAt: feedback.updatedAt.toISOString(),
    acknowledgedAt: feedback.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: feedback.resolvedAt?.toISOString() ?? null,
  };
}

export function toHistoryView({ entry, names }: { entry: FeedbackHistory; names: Names }): HistoryView {
  return {
    member: entry.member === 'assigneeId' ? 'assignedUserId' : entry.member,
    from: entry.fromValue,
    to: entry.toValue,
    changedAt: entry.changedAt.toISOString(),
    actorKind: entry.actorKind,
    actorId: entry.actorId,
    actorName: nameOf(names, entry.actorId),
  };
}

function nameOf(names: Names, id: string | null): string | null {
  return (id && names.get(id)) || null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
