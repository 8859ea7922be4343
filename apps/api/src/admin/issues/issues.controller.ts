import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { IssuesService } from '#libs/issues/issues.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { CreateIssueBody, IssueListQuery, IssuePage, IssueView, UpdateIssueBody } from './issue.dto.js';
import { toIssueFilter, toIssueView } from './issue.mapper.js';

@ApiTags('Issues')
@Controller('api/admin/projects/:projectId/issues')
export class IssuesController {
  constructor(private readonly issues: IssuesService) {}

  @Post()
  @Allow(Permission.IssuesManage)
  @ApiOperation({ summary: 'Create an issue' })
  @ApiCreatedResponse({ type: IssueView })
  @ApiProblems(403, 404, 409, 413, 415)
  async create(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @Body() body: CreateIssueBody,
  ): Promise<IssueView> {
    const { result: id } = await this.issues.create(caller, projectId, body);
    return toIssueView(await this.issues.get(caller, projectId, id));
  }

  @Get()
  @Allow(Permission.IssuesRead)
  @ApiOperation({ summary: 'List issues', description: 'Newest first.' })
  @ApiOkResponse({ type: IssuePage })
  @ApiProblems(403, 404)
  async page(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @Query() query: IssueListQuery,
  ): Promise<IssuePage> {
    return toPageView(await this.issues.list(caller, projectId, toIssueFilter(query), query), toIssueView);
  }

  @Get(':issueId')
  @Allow(Permission.IssuesRead)
  @ApiOperation({ summary: 'Get an issue' })
  @ApiOkResponse({ type: IssueView })
  @ApiProblems(403, 404)
  async get(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('issueId') issueId: number,
  ): Promise<IssueView> {
    return toIssueView(await this.issues.get(caller, projectId, issueId));
  }

  @Patch(':issueId')
  @Allow(Permission.IssuesManage)
  @ApiOperation({ summary: 'Change an issue, its state or its category' })
  @ApiOkResponse({ type: IssueView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('issueId') issueId: number,
    @Body() body: UpdateIssueBody,
  ): Promise<IssueView> {
    return toIssueView(await this.issues.update(caller, projectId, issueId, body));
  }

  @Delete(':issueId')
  @HttpCode(204)
  @Allow(Permission.IssuesManage)
  @ApiOperation({ summary: 'Remove an issue', description: 'The feedback that is linked to it stays.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404, 409)
  async remove(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('issueId') issueId: number,
  ): Promise<void> {
    await this.issues.removeOne(caller, projectId, issueId);
  }
}
