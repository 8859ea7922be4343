import { Controller } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ContentsService } from '#libs/content-sets/contents.service.js';
import { StatisticsService } from '#libs/feelbacks/statistics.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { Argument, OptionalArgument } from './calls/argument.decorator.js';
import { ReadCall, WriteCall } from './calls/call.decorator.js';
import { either, object, text } from './calls/shape.js';
import {
  fromContentData,
  fromContentSave,
  toContent,
  toContentEntry,
  toContentFilter,
} from './content.mapper.js';
import {
  ContentData,
  ContentFilters,
  ContentItem,
  ContentItemList,
  ContentItemLookupEntry,
  ContentItemWithStats,
  ContentKey,
  ContentQueryModel,
  ContentSaveModel,
  ContentTopQueryModel,
} from './dto/content.dto.js';
import { AggregatedData, StatsFilter } from './dto/stats.dto.js';
import { pageOf, toPage } from './project.mapper.js';
import { toAggregatedData, toContentTopRequest, toPeriod, toRankedContent } from './stats.mapper.js';

const id = text('0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11');
const NEW_CONTENT: ContentData = {
  contentSetId: '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10',
  key: 'https://blog.example.com/hello',
  metadata: { title: 'Hello, world' },
};

@ApiTags('contents')
@Controller('v0/contents')
export class ContentsController {
  constructor(
    private readonly contents: ContentsService,
    private readonly statistics: StatisticsService,
  ) {}

  @ReadCall('get', 'Retrieve a content by id')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: ContentItem })
  @ApiFailures(404)
  async get(@Caller() caller: KeyPrincipal, @Argument(0, 'id', id) content: string): Promise<ContentItem> {
    return toContent(await this.contents.get(caller, content), caller);
  }

  @ReadCall('list', 'List contents')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: ContentItemList })
  @ApiFailures()
  async list(
    @Caller() caller: KeyPrincipal,
    @OptionalArgument(0, 'query', object(ContentQueryModel, { $size: 10, state: 'active' }))
    query: ContentQueryModel = new ContentQueryModel(),
  ): Promise<ContentItemList> {
    const page = await this.contents.list(caller, toContentFilter(query), pageOf(query));
    return toPage(page, (content) => toContent(content, caller));
  }

  @ReadCall(
    'lookup',
    'Find contents by a part of their key, title or address',
    'The first ten, or the one with the id.',
  )
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: [ContentItemLookupEntry] })
  @ApiFailures()
  async lookup(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'text', text('hello')) search: string,
    @OptionalArgument(1, 'filters', object(ContentFilters, { state: 'active' }))
    filters: ContentFilters = new ContentFilters(),
  ): Promise<ContentItemLookupEntry[]> {
    return (await this.contents.lookup(caller, search, toContentFilter(filters))).map(toContentEntry);
  }

  @WriteCall('create', 'Create a content')
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: ContentItem })
  @ApiFailures(404, 409, 422)
  async create(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'data', object(ContentData, NEW_CONTENT)) data: ContentData,
  ): Promise<ContentItem> {
    return toContent(await this.contents.create(caller, fromContentData(data)), caller);
  }

  @WriteCall('save', 'Change a content')
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: ContentItem })
  @ApiFailures(404, 409)
  async save(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'id', id) content: string,
    @Argument(1, 'data', object(ContentSaveModel, { title: 'Hello, world' })) data: ContentSaveModel,
  ): Promise<ContentItem> {
    return toContent(await this.contents.update(caller, content, fromContentSave(data)), caller);
  }

  @WriteCall('archive', 'Archive a content', 'It can be read, and takes no new feelbacks.')
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: ContentItem })
  @ApiFailures(404)
  async archive(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'id', id) content: string,
  ): Promise<ContentItem> {
    return toContent(await this.contents.archive(caller, content), caller);
  }

  @ReadCall('exists', 'Tell whether there is a content', 'A string is an id.')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: Boolean })
  @ApiFailures()
  exists(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'key', either('an id or a key', id, object(ContentKey, {}))) key: string | ContentKey,
  ): Promise<boolean> {
    return this.contents.exists(caller, key);
  }

  @ReadCall('top', 'List the contents that got most feelbacks', 'Only active ones that got any.')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: [ContentItemWithStats] })
  @ApiFailures()
  async top(
    @Caller() caller: KeyPrincipal,
    @OptionalArgument(0, 'query', object(ContentTopQueryModel, { $size: 10, period: 'rolling28d' }))
    query: ContentTopQueryModel = new ContentTopQueryModel(),
  ): Promise<ContentItemWithStats[]> {
    const top = await this.statistics.topContents(caller, toContentTopRequest(query));
    return top.map((ranked) => toRankedContent(ranked, caller));
  }

  @ReadCall('getStats', 'Count the feelbacks of a content over a period')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: AggregatedData })
  @ApiFailures(404)
  async getStats(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'id', id) content: string,
    @OptionalArgument(1, 'filter', object(StatsFilter, { period: 'month' }))
    filter: StatsFilter = new StatsFilter(),
  ): Promise<AggregatedData> {
    return toAggregatedData(await this.statistics.ofContent(caller, content, toPeriod(filter)));
  }
}
