import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { FeedbackEditor } from '#libs/feedback/editing/feedback-editor.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { unwrap } from '#apps/api/src/http/idempotency/unwrap.js';
import { ApiBodyFailures, ApiFailures, ApiIdempotent } from './api-failures.decorator.js';
import { claimOf } from './claim-of.js';
import { FeedbackPage, FindFeedbackParameters, SearchFeedbackBody } from './dto/feedback.dto.js';
import { IdView, RemoveFeedbackBody } from './dto/ids.dto.js';
import { EMPTY } from './empty.js';
import { FeedbackReads } from './feedback-reads.js';
import { FeedbackWrites } from './feedback-writes.js';
import { PathId } from './path-id.pipe.js';
import { CHANGED_FEEDBACK, FOUND_FEEDBACK, SAID_FEEDBACK } from './query-schemas.js';
import { V1_EXAMPLES } from './search-examples.js';
import { idsOf } from './ids-of.js';

@ApiTags('Feedback')
@Controller('api/projects/:projectId/channels/:channelId/feedbacks')
export class FeedbacksController {
  constructor(
    private readonly reads: FeedbackReads,
    private readonly writes: FeedbackWrites,
    private readonly editor: FeedbackEditor,
  ) {}

  @Post()
  @Allow(Permission.FeedbackWrite)
  @ApiOperation({
    summary: 'Create feedback (JSON)',
    description:
      "Creates a new feedback for the specified channel with json data. You can include 'issueNames' to associate " +
      "issues with the feedback. You can put an array of image urls in the 'images format field' in the request " +
      'data. Make sure to set image domain whitelist in the channel settings.',
  })
  @ApiBody({ schema: SAID_FEEDBACK })
  @ApiCreatedResponse({ type: IdView })
  @ApiIdempotent()
  async create(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Body() body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IdView> {
    const claim = claimOf(request, caller, projectId, body);
    return { id: unwrap(response, await this.writes.create(caller, { projectId, channelId }, body, claim)) };
  }

  @Get()
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'Search feedback by keyword',
    description:
      'Searches for feedback entries by channel ID with keyword. You can search by specifying both fieldKey and ' +
      'searchText, or by specifying issueName.',
  })
  @ApiOkResponse({ type: FeedbackPage })
  @ApiFailures(422)
  find(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Query() query: FindFeedbackParameters,
  ): Promise<FeedbackPage> {
    return this.reads.find(caller, { projectId, channelId }, query);
  }

  @Post('search')
  @HttpCode(200)
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'Search feedback',
    description: 'Searches for feedback entries by channel ID with various filters.',
  })
  @ApiBody({ type: SearchFeedbackBody, examples: V1_EXAMPLES })
  @ApiOkResponse({ type: FeedbackPage })
  @ApiBodyFailures(422)
  search(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Body() body: SearchFeedbackBody,
  ): Promise<FeedbackPage> {
    return this.reads.searchV1(caller, { projectId, channelId }, body);
  }

  @Get(':feedbackId')
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'Get feedback by id',
    description: 'Retrieves a specific feedback by its id.',
  })
  @ApiOkResponse({ schema: FOUND_FEEDBACK })
  @ApiFailures()
  get(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Param('feedbackId', PathId) feedbackId: number,
  ): Promise<Record<string, unknown>> {
    return this.reads.get(caller, { projectId, channelId }, feedbackId);
  }

  @Put(':feedbackId')
  @Allow(Permission.FeedbackEdit)
  @ApiOperation({
    summary: 'Update feedback',
    description:
      'Updates an existing feedback with new information. Only Editable fields can be updated; what is left out ' +
      "stays. With 'issueNames' the feedback is about these issues and no others.",
  })
  @ApiBody({ schema: CHANGED_FEEDBACK })
  @ApiOkResponse({ description: EMPTY })
  @ApiBodyFailures()
  update(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Param('feedbackId', PathId) feedbackId: number,
    @Body() body: unknown,
  ): Promise<void> {
    return this.writes.update(caller, { projectId, channelId }, feedbackId, body);
  }

  @Delete()
  @Allow(Permission.FeedbackDelete)
  @ApiOperation({
    summary: 'Delete feedback',
    description: 'Deletes multiple feedback entries based on the provided array of feedback ids.',
  })
  @ApiOkResponse({ description: EMPTY })
  @ApiBodyFailures()
  async remove(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Body() { feedbackIds }: RemoveFeedbackBody,
  ): Promise<void> {
    await this.editor.remove(caller, { projectId, channelId }, idsOf(feedbackIds));
  }
}
