import { Controller, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { type Period, PERIODS } from '#libs/feelbacks/period.js';
import { FeelbacksService } from '#libs/feelbacks/feelbacks.service.js';
import { StatisticsService } from '#libs/feelbacks/statistics.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow, Public } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { MaybeCaller } from '#apps/api/src/http/access/maybe-caller.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { Argument, OptionalArgument } from './calls/argument.decorator.js';
import { ReadCall, WriteCall } from './calls/call.decorator.js';
import { either, object, oneOf, text } from './calls/shape.js';
import { ContentKey } from './dto/content.dto.js';
import {
  ContentId,
  EditedFeelback,
  Feelback,
  FeelbackList,
  FeelbackQuery,
  FeelbackReceipt,
  NewFeelbackById,
  NewFeelbackByKey,
  RevokedFeelback,
} from './dto/feelback.dto.js';
import {
  fromNewFeelback,
  targetOf,
  toFeelback,
  toFeelbackFilter,
  toReceipt,
  userOf,
} from './feelback.mapper.js';
import { pageOf, toPage } from './project.mapper.js';
import { RequestProfiler } from './request-profiler.js';

const CONTENT = {
  contentSetId: '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10',
  key: 'https://blog.example.com/hello',
};
const TOKEN = {
  feelbackId: '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f12',
  revokeToken: 'chrt_Jq4b2pVUIH0a9o6sN5qKpQ',
};

const id = text(TOKEN.feelbackId);
const newFeelback = either(
  'an object that names its content',
  object(NewFeelbackById, { contentId: '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11', value: '+' }, 'contentId'),
  object(NewFeelbackByKey, { ...CONTENT, value: '+' }),
);
const content = either(
  'an id or an object that names a content',
  text('0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11'),
  object(ContentId, { contentId: '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f11' }, 'contentId'),
  object(ContentKey, CONTENT),
);

@ApiTags('feelbacks')
@Controller('v0/feelbacks')
export class FeelbacksController {
  constructor(
    private readonly feelbacks: FeelbacksService,
    private readonly statistics: StatisticsService,
    private readonly profiler: RequestProfiler,
  ) {}

  @ReadCall('get', 'Return a feelback')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: Feelback })
  @ApiFailures(404)
  async get(@Caller() caller: KeyPrincipal, @Argument(0, 'id', id) feelback: string): Promise<Feelback> {
    return toFeelback(await this.feelbacks.get(caller, feelback), caller);
  }

  @ReadCall('list', 'List feelbacks')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: FeelbackList })
  @ApiFailures()
  async list(
    @Caller() caller: KeyPrincipal,
    @OptionalArgument(0, 'query', object(FeelbackQuery, { $size: 10, state: 'active' }))
    query: FeelbackQuery = new FeelbackQuery(),
  ): Promise<FeelbackList> {
    const page = await this.feelbacks.list(caller, toFeelbackFilter(query), pageOf(query));
    return toPage(page, (feelback) => toFeelback(feelback, caller));
  }

  @WriteCall(
    'create',
    'Give a feelback',
    'Needs no key. The content is named by its id, or by its set and key, and is made when there is none under the ' +
      'key and the set allows it. The token opens edit and remove for as long as the set says.',
  )
  @Public()
  @ApiOkResponse({ type: FeelbackReceipt })
  @ApiFailures(404, 422)
  async create(
    @Req() request: Request,
    @Argument(0, 'params', newFeelback) params: NewFeelbackById | NewFeelbackByKey,
  ): Promise<FeelbackReceipt> {
    const profiling = this.profiler.profile(request, userOf(params));
    return toReceipt(await this.feelbacks.create(fromNewFeelback(params, profiling)));
  }

  @WriteCall(
    'edit',
    'Change a feelback',
    'Needs no key but the token of the last answer, and answers a new one.',
  )
  @Public()
  @ApiOkResponse({ type: FeelbackReceipt })
  @ApiFailures(404, 422)
  async edit(
    @Argument(0, 'params', object(EditedFeelback, { ...TOKEN, value: '+' })) params: EditedFeelback,
  ): Promise<FeelbackReceipt> {
    const { feelbackId, revokeToken, value } = params;
    return toReceipt(await this.feelbacks.edit(feelbackId, revokeToken, value));
  }

  @WriteCall('remove', 'Take a feelback back', 'Needs no key but the token of the last answer. Answers null.')
  @Public()
  @ApiOkResponse({ schema: { type: 'null' } })
  @ApiFailures(404)
  async remove(
    @Argument(0, 'params', object(RevokedFeelback, TOKEN)) { feelbackId, revokeToken }: RevokedFeelback,
  ): Promise<void> {
    await this.feelbacks.remove(feelbackId, revokeToken);
  }

  @ReadCall(
    'getAggregates',
    'Count the feelbacks of a content',
    'By value, in the order of the configuration of the set; a count and an average for ratings. A string is the id ' +
      'of the content. Needs no key where the set has `publicAggregates`. Zeros for a key that nobody has used yet.',
  )
  @Public()
  @ApiOkResponse({ schema: { type: 'array', items: { type: 'number' }, example: [3, 0, 1] } })
  @ApiFailures(404)
  async getAggregates(
    @MaybeCaller() caller: KeyPrincipal | undefined,
    @Argument(0, 'content', content) target: string | ContentId | ContentKey,
    @OptionalArgument(1, 'period', oneOf(PERIODS, 'lifetime')) period: Period = 'lifetime',
  ): Promise<readonly number[]> {
    return this.statistics.counts(caller, targetOf(target), period);
  }
}
