import type { Response } from 'express';
import type { ListFeedbackQuery } from './dto/list-feedback-query.dto.js';

/** Tells where the next page is (RFC 8288), when there is one. */
export function nextLink(response: Response, query: ListFeedbackQuery, next: string | null): void {
  if (next === null) return;
  const { scope, scopeId, status, limit } = query;
  const parameters = new URLSearchParams({
    scope,
    ...(scopeId !== undefined && { scopeId }),
    ...(status !== undefined && { status }),
    limit: String(limit),
    cursor: next,
  });
  response.setHeader('Link', `</v1/feedback?${parameters.toString()}>; rel="next"`);
}
