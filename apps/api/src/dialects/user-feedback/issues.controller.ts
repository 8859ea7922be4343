import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { IssuesService } from '#libs/issues/issues.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { unwrap } from '#apps/api/src/http/idempotency/unwrap.js';
import { ApiBodyFailures, ApiFailures, ApiIdempotent } from './api-failures.decorator.js';
import { claimOf } from './claim-of.js';
import { IdView, RemoveIssuesBody } from './dto/ids.dto.js';
import { IssueBody, IssuePage, IssueView, SearchIssuesBody } from './dto/issue.dto.js';
import { EMPTY } from './empty.js';
import { idsOf } from './ids-of.js';
import { toIssueView } from './issue.mapper.js';
import { readPaging, toPage } from './paging.js';
import { PathId } from './path-id.pipe.js';
import { readIssueQuery } from './search/query-issues.js';

@ApiTags('Issue')
@Controller('api/projects/:projectId/issues')
export class IssuesController {
  constructor(private readonly issues: IssuesService) {}

  @Post()
  @Allow(Permission.IssuesManage)
  @ApiOperation({ summary: 'Create an issue', description: 'Creates a new issue for the specified project.' })
  @ApiCreatedResponse({ type: IdView })
  @ApiIdempotent()
  async create(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Body() body: IssueBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IdView> {
    const claim = claimOf(request, caller, projectId, body);
    return { id: unwrap(response, await this.issues.create(caller, projectId, body, claim)) };
  }

  @Post('search')
  @HttpCode(200)
  @Allow(Permission.IssuesRead)
  @ApiOperation({
    summary: 'Search issues',
    description: 'Searches for all issues within the specified project, with the various filters.',
  })
  @ApiOkResponse({ type: IssuePage })
  @ApiBodyFailures()
  async search(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Body() body: SearchIssuesBody,
  ): Promise<IssuePage> {
    const paging = readPaging(body);
    const query = readIssueQuery(body.query, body.sort);
    return toPage(await this.issues.page(caller, projectId, query, paging), paging, toIssueView);
  }

  /** The published reference shows an array around the one issue. */
  @Get(':issueId')
  @Allow(Permission.IssuesRead)
  @ApiOperation({
    summary: 'Get an issue',
    description: 'Retrieves a specific issue by its id within the specified project, in an array.',
  })
  @ApiOkResponse({ type: [IssueView] })
  @ApiFailures()
  async get(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('issueId', PathId) issueId: number,
  ): Promise<IssueView[]> {
    return [toIssueView(await this.issues.get(caller, projectId, issueId))];
  }

  @Put(':issueId')
  @Allow(Permission.IssuesManage)
  @ApiOperation({
    summary: 'Update an issue',
    description: 'Updates an existing issue with new information within the specified project.',
  })
  @ApiOkResponse({ description: EMPTY })
  @ApiBodyFailures()
  async update(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('issueId', PathId) issueId: number,
    @Body() body: IssueBody,
  ): Promise<void> {
    await this.issues.update(caller, projectId, issueId, body);
  }

  @Delete()
  @Allow(Permission.IssuesManage)
  @ApiOperation({
    summary: 'Delete issues',
    description: 'Deletes multiple issues from the specified project, based on an array of issue ids.',
  })
  @ApiOkResponse({ description: EMPTY })
  @ApiBodyFailures()
  async removeMany(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Body() { issueIds }: RemoveIssuesBody,
  ): Promise<void> {
    await this.issues.remove(caller, projectId, idsOf(issueIds));
  }

  @Delete(':issueId')
  @Allow(Permission.IssuesManage)
  @ApiOperation({
    summary: 'Delete an issue',
    description: 'Deletes one issue. Feedback that was linked to it stays.',
  })
  @ApiOkResponse({ description: EMPTY })
  @ApiFailures(409)
  async remove(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('issueId', PathId) issueId: number,
  ): Promise<void> {
    await this.issues.get(caller, projectId, issueId);
    await this.issues.remove(caller, projectId, [issueId]);
  }
}
