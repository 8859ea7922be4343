import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiBodyFailures } from './api-failures.decorator.js';
import { FeedbackPage, SearchFeedbackV2Body } from './dto/feedback.dto.js';
import { FeedbackReads } from './feedback-reads.js';
import { PathId } from './path-id.pipe.js';
import { V2_EXAMPLES } from './search-examples.js';

@ApiTags('Feedback')
@Controller('api/v2/projects/:projectId/channels/:channelId/feedbacks')
export class SearchV2Controller {
  constructor(private readonly reads: FeedbackReads) {}

  @Post('search')
  @HttpCode(200)
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'Search feedback (v2)',
    description:
      "Searches for feedback entries by channel ID with various filters: `queries`, joined by the operator, and `defaultQueries`, which always apply. A query's conditions depend on the format of the field.",
  })
  @ApiBody({ type: SearchFeedbackV2Body, examples: V2_EXAMPLES })
  @ApiOkResponse({ type: FeedbackPage })
  @ApiBodyFailures(422)
  search(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
    @Body() body: SearchFeedbackV2Body,
  ): Promise<FeedbackPage> {
    return this.reads.searchV2(caller, { projectId, channelId }, body);
  }
}
