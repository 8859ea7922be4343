import { Body, Controller, Get, Headers, HttpCode, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { TriageService } from '#libs/feedback/triage/triage.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { StatisticsService } from '#libs/statistics/statistics.service.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { etagOf, precondition } from '#apps/api/src/http/conditional/etag.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { sendFile } from '#apps/api/src/http/uploads/send-file.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { FacetsQuery, FacetsView } from './facets.dto.js';
import { FeedbackListQuery } from './feedback-query.dto.js';
import { InboxItemView, InboxPage, TriageHistoryPage } from './feedback.dto.js';
import { toFacetsView, toFilter, toInboxItemView, toTriageHistoryView } from './feedback.mapper.js';
import { BulkTriageBody, BulkTriageView, TriageBody } from './triage.dto.js';

@ApiTags('Feedback')
@Controller('api/admin/feedback')
export class FeedbackController {
  constructor(
    private readonly triage: TriageService,
    private readonly statistics: StatisticsService,
  ) {}

  @Get()
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'Search the feedback of the account',
    description: 'Whichever public API it came by, newest first.',
  })
  @ApiOkResponse({ type: InboxPage })
  @ApiProblems(403, 404, 422)
  async page(@Caller() caller: UserPrincipal, @Query() query: FeedbackListQuery): Promise<InboxPage> {
    return toPageView(await this.triage.page(caller, toFilter(query), query), toInboxItemView);
  }

  @Get('facets')
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'Count the feedback of the account by what it can be chosen by',
    description: 'Exact, whatever is stored. Of the last 30 days when no days are named.',
  })
  @ApiOkResponse({ type: FacetsView })
  @ApiProblems(403, 404)
  async facets(@Caller() caller: UserPrincipal, @Query() query: FacetsQuery): Promise<FacetsView> {
    return toFacetsView(await this.statistics.facets(caller, query));
  }

  @Post('bulk')
  @HttpCode(200)
  @Allow(Permission.FeedbackEdit)
  @ApiOperation({
    summary: 'Change how many feedbacks are handled',
    description: 'All of them or none. Ids that the account does not have are told and left out.',
  })
  @ApiOkResponse({ type: BulkTriageView })
  @ApiProblems(403, 409, 413, 415)
  async changeMany(@Caller() caller: UserPrincipal, @Body() body: BulkTriageBody): Promise<BulkTriageView> {
    const { changed, missing } = await this.triage.changeMany(caller, body.ids, body.change);
    return { changed: [...changed], missing: [...missing] };
  }

  @Get(':feedbackId')
  @Allow(Permission.FeedbackRead)
  @ApiOperation({ summary: 'Get a feedback' })
  @ApiOkResponse({
    type: InboxItemView,
    headers: { ETag: { description: 'Its version, for If-Match.', schema: { type: 'string' } } },
  })
  @ApiProblems(403, 404)
  async get(
    @Caller() caller: UserPrincipal,
    @IdParam('feedbackId') id: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<InboxItemView> {
    const item = await this.triage.get(caller, id);
    response.setHeader('ETag', etagOf(item.feedback));
    return toInboxItemView(item);
  }

  @Patch(':feedbackId')
  @Allow(Permission.FeedbackEdit)
  @ApiOperation({
    summary: 'Change how a feedback is handled',
    description: 'Each change is kept in its history.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that was read: refused with 412 when it was changed since.',
  })
  @ApiOkResponse({
    type: InboxItemView,
    headers: { ETag: { description: 'Its new version.', schema: { type: 'string' } } },
  })
  @ApiProblems(403, 404, 409, 412, 413, 415)
  async change(
    @Caller() caller: UserPrincipal,
    @IdParam('feedbackId') id: number,
    @Body() body: TriageBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<InboxItemView> {
    const item = await this.triage.change(caller, id, body, precondition(ifMatch));
    response.setHeader('ETag', etagOf(item.feedback));
    return toInboxItemView(item);
  }

  @Get(':feedbackId/history')
  @Allow(Permission.FeedbackRead)
  @ApiOperation({ summary: 'Who changed what', description: 'Newest first, one item per member.' })
  @ApiOkResponse({ type: TriageHistoryPage })
  @ApiProblems(403, 404)
  async history(
    @Caller() caller: UserPrincipal,
    @IdParam('feedbackId') id: number,
    @Query() query: PageQuery,
  ): Promise<TriageHistoryPage> {
    return toPageView(await this.triage.history(caller, id, query), toTriageHistoryView);
  }

  @Get(':feedbackId/attachments/:attachmentId')
  @Allow(Permission.FeedbackRead)
  @ApiOperation({ summary: 'Download a file' })
  @ApiProduces('image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(403, 404)
  async openFile(
    @Caller() caller: UserPrincipal,
    @IdParam('feedbackId') id: number,
    @IdParam('attachmentId') attachmentId: number,
    @Res() response: Response,
  ): Promise<void> {
    await sendFile(response, await this.triage.openFile(caller, id, attachmentId));
  }
}
