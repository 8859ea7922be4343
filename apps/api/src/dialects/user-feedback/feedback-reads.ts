import { Injectable } from '@nestjs/common';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import type { ChannelRef } from '#libs/feedback/feedback.store.js';
import type { Condition } from '#libs/feedback/search/feedback-query.js';
import { FeedbackSearchService } from '#libs/feedback/search/feedback-search.service.js';
import type {
  FeedbackPage,
  FindFeedbackParameters,
  SearchFeedbackBody,
  SearchFeedbackV2Body,
} from './dto/feedback.dto.js';
import { toView } from './feedback.mapper.js';
import { readPaging, toPage } from './paging.js';
import { refused } from './refuse.js';
import { readQueryV1 } from './search/query-v1.js';
import { readQueriesV2 } from './search/query-v2.js';
import { readKeyword } from './search/read-keyword.js';
import { readSort } from './search/read-sort.js';

type Paging = Parameters<typeof readPaging>[0];

/** The three ways in which this API asks for feedback, and the one in which it is shown. */
@Injectable()
export class FeedbackReads {
  constructor(
    private readonly channels: ChannelsService,
    private readonly searches: FeedbackSearchService,
  ) {}

  /** @throws DomainError not_found */
  async get(by: KeyPrincipal, ref: ChannelRef, id: number): Promise<Record<string, unknown>> {
    const schema = await this.channels.schema(by, ref.projectId, ref.channelId);
    return toView(schema, await this.searches.get(by, schema, id));
  }

  /** @throws DomainError not_found (channel), invalid, unprocessable (it takes too long) */
  async find(by: KeyPrincipal, ref: ChannelRef, asked: FindFeedbackParameters): Promise<FeedbackPage> {
    if (!asked.issueName && !(asked.fieldKey && asked.searchText)) {
      throw refused('Please provide either issueName or both fieldKey and searchText.');
    }
    const keyword = { ...asked, fieldKey: asked.fieldKey || undefined };
    return this.search(by, ref, asked, {}, (schema) => ({ kind: 'all', of: readKeyword(schema, keyword) }));
  }

  /** @throws DomainError not_found (channel), invalid, unprocessable (it takes too long) */
  searchV1(by: KeyPrincipal, ref: ChannelRef, body: SearchFeedbackBody): Promise<FeedbackPage> {
    return this.search(by, ref, body, body.sort, (schema) => readQueryV1(schema, body.query));
  }

  /** @throws DomainError not_found (channel), invalid, unprocessable (it takes too long) */
  searchV2(by: KeyPrincipal, ref: ChannelRef, body: SearchFeedbackV2Body): Promise<FeedbackPage> {
    return this.search(by, ref, body, body.sort, (schema) => readQueriesV2(schema, body));
  }

  private async search(
    by: KeyPrincipal,
    ref: ChannelRef,
    asked: Paging,
    sort: unknown,
    where: (schema: ChannelSchema) => Condition,
  ): Promise<FeedbackPage> {
    const schema = await this.channels.schema(by, ref.projectId, ref.channelId);
    const paging = readPaging(asked);
    const query = { where: where(schema), sort: readSort(schema, sort) };
    const page = await this.searches.page(by, schema, query, paging);
    return toPage(page, paging, (found) => toView(schema, found));
  }
}
