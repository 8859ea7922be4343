import { Controller } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ContentSetsService } from '#libs/content-sets/content-sets.service.js';
import { StatisticsService } from '#libs/feelbacks/statistics.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { Argument, OptionalArgument } from './calls/argument.decorator.js';
import { ReadCall, WriteCall } from './calls/call.decorator.js';
import { either, object, text } from './calls/shape.js';
import {
  fromSetData,
  fromSetKey,
  fromSetSave,
  toSet,
  toSetEntry,
  toSetFilter,
} from './content-set.mapper.js';
import {
  ContentSet,
  ContentSetData,
  ContentSetKey,
  ContentSetList,
  ContentSetLookupEntry,
  ContentSetSaveModel,
  ContentSetWithStats,
} from './dto/content-set.dto.js';
import {
  ContentSetFilters,
  ContentSetQueryModel,
  ContentSetTopQueryModel,
} from './dto/content-set-query.dto.js';
import { AggregatedData, StatsFilter } from './dto/stats.dto.js';
import { pageOf, toPage } from './project.mapper.js';
import { toAggregatedData, toPeriod, toRankedSet, toTopRequest } from './stats.mapper.js';

const id = text('0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10');
const NEW_SET: ContentSetData = {
  projectId: '1',
  key: 'articles',
  schema: 'reaction',
  schemaConfig: { items: ['heart', 'laugh'] },
  metadata: { name: 'Articles', publicAggregates: true },
};

@ApiTags('sets')
@Controller('v0/sets')
export class SetsController {
  constructor(
    private readonly sets: ContentSetsService,
    private readonly statistics: StatisticsService,
  ) {}

  @ReadCall('get', 'Retrieve a content set by id')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: ContentSet })
  @ApiFailures(404)
  async get(@Caller() caller: KeyPrincipal, @Argument(0, 'id', id) set: string): Promise<ContentSet> {
    return toSet(await this.sets.get(caller, set));
  }

  @ReadCall('list', 'List content sets')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: ContentSetList })
  @ApiFailures()
  async list(
    @Caller() caller: KeyPrincipal,
    @OptionalArgument(0, 'query', object(ContentSetQueryModel, { $size: 10, state: 'active' }))
    query: ContentSetQueryModel = new ContentSetQueryModel(),
  ): Promise<ContentSetList> {
    return toPage(await this.sets.list(caller, toSetFilter(query), pageOf(query)), toSet);
  }

  @ReadCall(
    'lookup',
    'Find content sets by a part of their name or key',
    'The first ten, or the one with the id.',
  )
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: [ContentSetLookupEntry] })
  @ApiFailures()
  async lookup(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'text', text('artic')) search: string,
    @OptionalArgument(1, 'filters', object(ContentSetFilters, { state: 'active' }))
    filters: ContentSetFilters = new ContentSetFilters(),
  ): Promise<ContentSetLookupEntry[]> {
    return (await this.sets.lookup(caller, search, toSetFilter(filters))).map(toSetEntry);
  }

  @WriteCall(
    'create',
    'Create a content set',
    'The name travels inside `metadata`, and comes back outside. Schema and configuration are fixed from then on.',
  )
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: ContentSet })
  @ApiFailures(404, 409, 422)
  async create(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'data', object(ContentSetData, NEW_SET)) data: ContentSetData,
  ): Promise<ContentSet> {
    return toSet(await this.sets.create(caller, fromSetData(data)));
  }

  @WriteCall('save', 'Change a content set')
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: ContentSet })
  @ApiFailures(404, 409)
  async save(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'id', id) set: string,
    @Argument(1, 'data', object(ContentSetSaveModel, { publicAggregates: true })) data: ContentSetSaveModel,
  ): Promise<ContentSet> {
    return toSet(await this.sets.update(caller, set, fromSetSave(data)));
  }

  @WriteCall('archive', 'Archive a content set', 'It can be read, and takes no new feelbacks.')
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: ContentSet })
  @ApiFailures(404)
  async archive(@Caller() caller: KeyPrincipal, @Argument(0, 'id', id) set: string): Promise<ContentSet> {
    return toSet(await this.sets.archive(caller, set));
  }

  @ReadCall('exists', 'Tell whether there is a content set', 'A string is an id.')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: Boolean })
  @ApiFailures()
  exists(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'key', either('an id or a key', id, object(ContentSetKey, {}))) key: string | ContentSetKey,
  ): Promise<boolean> {
    return this.sets.exists(caller, fromSetKey(key));
  }

  @ReadCall('top', 'List the content sets that got most feelbacks', 'Only active ones that got any.')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: [ContentSetWithStats] })
  @ApiFailures()
  async top(
    @Caller() caller: KeyPrincipal,
    @OptionalArgument(0, 'query', object(ContentSetTopQueryModel, { $size: 10, period: 'rolling28d' }))
    query: ContentSetTopQueryModel = new ContentSetTopQueryModel(),
  ): Promise<ContentSetWithStats[]> {
    return (await this.statistics.topSets(caller, toTopRequest(query))).map(toRankedSet);
  }

  @ReadCall('getStats', 'Count the feelbacks of a content set over a period')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: AggregatedData })
  @ApiFailures(404)
  async getStats(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'id', id) set: string,
    @OptionalArgument(1, 'filter', object(StatsFilter, { period: 'month' }))
    filter: StatsFilter = new StatsFilter(),
  ): Promise<AggregatedData> {
    return toAggregatedData(await this.statistics.ofSet(caller, set, toPeriod(filter)));
  }
}
