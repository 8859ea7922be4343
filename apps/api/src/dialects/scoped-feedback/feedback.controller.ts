import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SignedIn } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { idempotencyClaim } from '#apps/api/src/http/idempotency/claim.js';
import { unwrap } from '#apps/api/src/http/idempotency/unwrap.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { ApiProblems } from './api-problems.decorator.js';
import { CreateFeedbackBody } from './dto/create-feedback.dto.js';
import { FeedbackList, FeedbackView } from './dto/feedback.dto.js';
import { HistoryList } from './dto/history.dto.js';
import { ListFeedbackQuery } from './dto/list-feedback-query.dto.js';
import { UpdateFeedbackBody } from './dto/update-feedback.dto.js';
import { etagOf, precondition } from '#apps/api/src/http/conditional/etag.js';
import { fromBody, toChange, toHistoryView, toScope, toView } from './feedback.mapper.js';
import { nextLink } from './next-link.js';
import type { ScopedCaller } from './scoped-caller.js';
import { ScopedFeedbackService } from './scoped-feedback.service.js';
import { FeedbackIdPipe } from './validation/feedback-id.pipe.js';

/** Claims get their project from the service. */
const NO_PROJECT = 0;

/** Whether the caller may is decided for the scope in question, by the service: see `ScopedAccess`. */
@ApiTags('Feedback')
@Controller('v1/feedback')
export class FeedbackController {
  constructor(private readonly feedback: ScopedFeedbackService) {}

  @Get()
  @SignedIn()
  @ApiOperation({
    summary: 'List feedback',
    description: 'Of one scope, newest first. Takes feedback:read there.',
  })
  @ApiOkResponse({
    type: FeedbackList,
    headers: { Link: { description: 'Where the next page is.', schema: { type: 'string' } } },
  })
  @ApiProblems()
  async page(
    @Caller() caller: ScopedCaller,
    @Query() query: ListFeedbackQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FeedbackList> {
    const { items, next } = await this.feedback.page(caller, toScope(query), query.status, query);
    nextLink(response, query, next);
    return { items: items.map(toView), nextCursor: next };
  }

  @Post()
  @SignedIn()
  @ApiOperation({
    summary: 'Create feedback',
    description:
      "Takes feedback:write in the scope; servers create in their own and in their network's scope, and say who the author is.",
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes a retry safe for 24 hours.' })
  @ApiHeader({
    name: 'X-Server-Id',
    required: false,
    description: 'The id of the server whose secret the bearer token is.',
  })
  @ApiCreatedResponse({
    type: FeedbackView,
    headers: {
      Location: { description: 'Where it is.', schema: { type: 'string' } },
      ETag: { description: 'Its version, for If-Match.', schema: { type: 'string' } },
    },
  })
  @ApiProblems(409, 413, 415, 422)
  async create(
    @Caller() caller: ScopedCaller,
    @Body() body: CreateFeedbackBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FeedbackView> {
    const claim = idempotencyClaim(request, { id: caller.id, projectId: NO_PROJECT }, body);
    const created = unwrap(response, await this.feedback.create(caller, fromBody(body), claim));
    response.setHeader('Location', `/v1/feedback/${created.feedback.id}`);
    response.setHeader('ETag', etagOf(created.feedback));
    return toView(created);
  }

  @Get(':feedbackId')
  @SignedIn()
  @ApiOperation({
    summary: 'Get feedback by id',
    description: 'Takes feedback:read in its scope, or being its reporter.',
  })
  @ApiParam({ name: 'feedbackId', type: 'string' })
  @ApiOkResponse({
    type: FeedbackView,
    headers: { ETag: { description: 'Its version, for If-Match.', schema: { type: 'string' } } },
  })
  @ApiProblems(404)
  async get(
    @Caller() caller: ScopedCaller,
    @Param('feedbackId', FeedbackIdPipe) id: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FeedbackView> {
    const found = await this.feedback.get(caller, id);
    response.setHeader('ETag', etagOf(found.feedback));
    return toView(found);
  }

  @Patch(':feedbackId')
  @SignedIn()
  @ApiOperation({
    summary: 'Update feedback',
    description:
      'A merge patch of how it is handled. Takes feedback:edit in its scope, and to be able to read it. Every status can follow every other one.',
  })
  @ApiParam({ name: 'feedbackId', type: 'string' })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that was read: refused with 412 when it was changed since.',
  })
  @ApiConsumes('application/json', 'application/merge-patch+json')
  @ApiBody({ type: UpdateFeedbackBody })
  @ApiOkResponse({
    type: FeedbackView,
    headers: { ETag: { description: 'Its new version.', schema: { type: 'string' } } },
  })
  @ApiProblems(404, 409, 412, 413, 415)
  async update(
    @Caller() caller: ScopedCaller,
    @Param('feedbackId', FeedbackIdPipe) id: number,
    @Body() body: UpdateFeedbackBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<FeedbackView> {
    const updated = await this.feedback.update(caller, id, toChange(body), precondition(ifMatch));
    response.setHeader('ETag', etagOf(updated.feedback));
    return toView(updated);
  }

  @Get(':feedbackId/history')
  @SignedIn()
  @ApiOperation({
    summary: 'Who changed what (extension)',
    description: 'Newest first, one item per member. Takes feedback:read in its scope.',
  })
  @ApiParam({ name: 'feedbackId', type: 'string' })
  @ApiOkResponse({ type: HistoryList })
  @ApiProblems(404)
  async history(
    @Caller() caller: ScopedCaller,
    @Param('feedbackId', FeedbackIdPipe) id: number,
    @Query() query: PageQuery,
  ): Promise<HistoryList> {
    const { items, next } = await this.feedback.history(caller, id, query);
    return { items: items.map(toHistoryView), nextCursor: next };
  }
}
