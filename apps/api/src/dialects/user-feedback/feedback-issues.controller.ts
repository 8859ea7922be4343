import { Controller, Delete, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { FeedbackIssuesService } from '#libs/feedback/issues/feedback-issues.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { LinkView } from './dto/ids.dto.js';
import { PathId } from './path-id.pipe.js';

/** The published reference names no path, and its guide writes `issues` where the original server knows `issue`: both are served. */
@ApiTags('Feedback')
@Controller([
  'api/projects/:projectId/channels/:channelId/feedbacks/:feedbackId/issue',
  'api/projects/:projectId/channels/:channelId/feedbacks/:feedbackId/issues',
])
export class FeedbackIssuesController {
  constructor(private readonly links: FeedbackIssuesService) {}

  @Post(':issueId')
  @Allow(Permission.FeedbackEdit)
  @ApiOperation({
    summary: 'Add an issue to a feedback',
    description: 'Adds an issue to an existing feedback by specifying the feedback id and issue id.',
  })
  @ApiCreatedResponse({ type: LinkView })
  @ApiFailures(409)
  async create(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Param('feedbackId', PathId) feedbackId: number,
    @Param('issueId', PathId) issueId: number,
  ): Promise<LinkView> {
    await this.links.attach(caller, { projectId, channelId }, feedbackId, issueId);
    return { issueId, feedbackId };
  }

  @Delete(':issueId')
  @Allow(Permission.FeedbackEdit)
  @ApiOperation({
    summary: 'Remove an issue from a feedback',
    description: 'Removes an issue from an existing feedback.',
  })
  @ApiOkResponse({ type: LinkView })
  @ApiFailures(409)
  async remove(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Param('feedbackId', PathId) feedbackId: number,
    @Param('issueId', PathId) issueId: number,
  ): Promise<LinkView> {
    await this.links.detach(caller, { projectId, channelId }, feedbackId, issueId);
    return { issueId, feedbackId };
  }
}
