import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { ClientPrincipal } from '#libs/accounts/principal.js';
import { FeedbackService } from '#libs/feedback/feedback.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { idempotencyClaim } from '#apps/api/src/http/idempotency/claim.js';
import { unwrap } from '#apps/api/src/http/idempotency/unwrap.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { CreateFeedbackBody } from './dto/create-feedback.dto.js';
import { IdEnvelope } from './dto/envelope.dto.js';
import { FeedbackEnvelope, FeedbackPageEnvelope } from './dto/feedback.dto.js';
import { success } from './envelope.js';
import { fromBody, toView } from './feedback.mapper.js';

@ApiTags('Feedbacks')
@Controller('api/client/feedbacks')
export class FeedbacksController {
  constructor(private readonly feedback: FeedbackService) {}

  @Post()
  @Allow(Permission.FeedbackWrite, ['feedback.write'])
  @ApiOperation({
    summary: 'Create a feedback',
    description: 'Answers its id, which files can be attached to.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'Makes a retry safe for 24 hours.' })
  @ApiCreatedResponse({ type: IdEnvelope })
  @ApiFailures(409, 413, 415, 422)
  async create(
    @Caller() caller: ClientPrincipal,
    @Body() body: CreateFeedbackBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IdEnvelope> {
    const claim = idempotencyClaim(request, caller, body);
    const id = unwrap(response, await this.feedback.create(caller, fromBody(body), claim));
    response.setHeader('Location', `/api/client/feedbacks/${id}`);
    return success(request, id);
  }

  @Get()
  @Allow(Permission.FeedbackRead, ['feedback.read'])
  @ApiOperation({ summary: 'List feedback (extension)', description: 'Newest first, a page at a time.' })
  @ApiOkResponse({ type: FeedbackPageEnvelope })
  @ApiFailures()
  async page(
    @Caller() caller: ClientPrincipal,
    @Query() query: PageQuery,
    @Req() request: Request,
  ): Promise<FeedbackPageEnvelope> {
    const { items, next } = await this.feedback.page(caller, query);
    return success(request, { items: items.map(toView), nextCursor: next });
  }

  @Get(':feedbackId')
  @Allow(Permission.FeedbackRead, ['feedback.read'])
  @ApiOperation({ summary: 'Get a feedback (extension)' })
  @ApiOkResponse({ type: FeedbackEnvelope })
  @ApiFailures(404)
  async get(
    @Caller() caller: ClientPrincipal,
    @IdParam('feedbackId', 'Feedback Id') id: number,
    @Req() request: Request,
  ): Promise<FeedbackEnvelope> {
    return success(request, toView(await this.feedback.get(caller, id)));
  }
}
