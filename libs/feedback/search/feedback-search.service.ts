import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import type { Issue } from '#libs/issues/issue.entity.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { Feedback } from '../feedback.entity.js';
import { FeedbackIssuesStore } from '../issues/feedback-issues.store.js';
import type { FeedbackQuery } from './feedback-query.js';
import { FeedbackSearchStore } from './feedback-search.store.js';

export interface FoundFeedback {
  readonly feedback: Feedback;
  /** By id, ascending. */
  readonly issues: readonly Issue[];
}

@Injectable()
export class FeedbackSearchService {
  constructor(
    private readonly store: FeedbackSearchStore,
    private readonly links: FeedbackIssuesStore,
  ) {}

  /**
   * One page of the feedback of a channel that matches, and the exact number of all.
   * @throws DomainError not_found (channel), invalid (the query), unprocessable (it takes too long)
   */
  async page(
    _by: Principal,
    { channel, fields }: ChannelSchema,
    query: FeedbackQuery,
    paging: PageNumber,
  ): Promise<NumberedPage<FoundFeedback>> {
    const scope = { projectId: channel.projectId, channelIds: [channel.id] };
    const { ids, total } = await this.store.search(scope, query, fields, paging);
    const rows = await this.store.load(scope, ids);
    return { items: await this.withIssues(channel.projectId, rows), total };
  }

  /** @throws DomainError not_found */
  async get(_by: Principal, { channel }: ChannelSchema, id: number): Promise<FoundFeedback> {
    const scope = { projectId: channel.projectId, channelIds: [channel.id] };
    const [found] = await this.withIssues(channel.projectId, await this.store.load(scope, [id]));
    if (!found) throw new DomainError('not_found', 'feedback', 'Feedback not found.');
    return found;
  }

  private async withIssues(projectId: number, rows: readonly Feedback[]): Promise<FoundFeedback[]> {
    if (rows.length === 0) return [];
    const issues = await this.links.issuesOf(
      projectId,
      rows.map(({ id }) => id),
    );
    return rows.map((feedback) => ({ feedback, issues: issues.get(feedback.id) ?? [] }));
  }
}
