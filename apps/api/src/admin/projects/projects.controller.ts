import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { CreateProjectBody, ProjectPage, ProjectView, UpdateProjectBody } from './project.dto.js';
import { toProjectView } from './project.mapper.js';

@ApiTags('Projects')
@Controller('api/admin/projects')
export class ProjectsController {
  constructor(private readonly projects: ProjectsService) {}

  @Post()
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Create a project' })
  @ApiCreatedResponse({ type: ProjectView })
  @ApiProblems(403, 409, 413, 415)
  async create(@Caller() caller: UserPrincipal, @Body() body: CreateProjectBody): Promise<ProjectView> {
    return toProjectView(await this.projects.create(caller, body));
  }

  @Get()
  @Allow(Permission.ProjectsRead)
  @ApiOperation({ summary: 'List projects' })
  @ApiOkResponse({ type: ProjectPage })
  @ApiProblems(403)
  async page(@Caller() caller: UserPrincipal, @Query() query: PageQuery): Promise<ProjectPage> {
    return toPageView(await this.projects.page(caller, query), toProjectView);
  }

  @Get(':projectId')
  @Allow(Permission.ProjectsRead)
  @ApiOperation({ summary: 'Get a project' })
  @ApiOkResponse({ type: ProjectView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @IdParam('projectId') projectId: number): Promise<ProjectView> {
    return toProjectView(await this.projects.get(caller, projectId));
  }

  @Patch(':projectId')
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Change, archive or restore a project' })
  @ApiOkResponse({ type: ProjectView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @Body() body: UpdateProjectBody,
  ): Promise<ProjectView> {
    return toProjectView(await this.projects.update(caller, projectId, body));
  }
}
