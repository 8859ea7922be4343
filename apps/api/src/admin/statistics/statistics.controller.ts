import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { StatisticsService } from '#libs/statistics/statistics.service.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiProblems } from '../api-problems.decorator.js';
import {
  RangeQuery,
  HandlingStatistics,
  IssueStatistics,
  StatisticsQuery,
  VolumeStatistics,
} from './statistics.dto.js';
import { toHandlingStatistics, toIssueStatistics, toVolumeStatistics } from './statistics.mapper.js';

@ApiTags('Statistics')
@Controller('api/admin/statistics')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get('volume')
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'How much feedback came, by day',
    description: 'By public API, sentiment and status. Exact at every moment.',
  })
  @ApiOkResponse({ type: VolumeStatistics })
  @ApiProblems(403, 404)
  async volume(@Caller() caller: UserPrincipal, @Query() query: StatisticsQuery): Promise<VolumeStatistics> {
    return toVolumeStatistics(await this.statistics.volume(caller, query));
  }

  @Get('handling')
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'How long it took to acknowledge and to resolve, by day',
    description: 'Median and 90th percentile in seconds, by the day on which it happened.',
  })
  @ApiOkResponse({ type: HandlingStatistics })
  @ApiProblems(403, 404)
  async handling(@Caller() caller: UserPrincipal, @Query() query: RangeQuery): Promise<HandlingStatistics> {
    return toHandlingStatistics(await this.statistics.handling(caller, query));
  }

  @Get('issues')
  @Allow(Permission.FeedbackRead)
  @ApiOperation({
    summary: 'How much feedback is about each issue, by day',
    description: 'The 50 issues that most of it is about, by the day of the feedback. Exact at every moment.',
  })
  @ApiOkResponse({ type: IssueStatistics })
  @ApiProblems(403, 404)
  async issues(@Caller() caller: UserPrincipal, @Query() query: RangeQuery): Promise<IssueStatistics> {
    return toIssueStatistics(await this.statistics.issues(caller, query));
  }
}
