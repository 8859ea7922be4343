import { Controller } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { StatisticsService } from '#libs/feelbacks/statistics.service.js';
import { ProjectDirectoryService } from '#libs/projects/project-directory.service.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { Argument, OptionalArgument } from './calls/argument.decorator.js';
import { ReadCall, WriteCall } from './calls/call.decorator.js';
import { object, text } from './calls/shape.js';
import {
  Project,
  ProjectData,
  ProjectFilters,
  ProjectList,
  ProjectLookupEntry,
  ProjectQueryModel,
  ProjectSaveModel,
} from './dto/project.dto.js';
import {
  fromProjectSave,
  pageOf,
  projectNumber,
  toPage,
  toProject,
  toProjectEntry,
} from './project.mapper.js';
import { AggregatedData, StatsFilter } from './dto/stats.dto.js';
import { toAggregatedData, toPeriod } from './stats.mapper.js';

const id = text('1');
const statsFilter = object(StatsFilter, { period: 'month' });

@ApiTags('projects')
@Controller('v0/projects')
export class ProjectsController {
  constructor(
    private readonly projects: ProjectsService,
    private readonly directory: ProjectDirectoryService,
    private readonly statistics: StatisticsService,
  ) {}

  @ReadCall('get', 'Retrieve a project by id')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: Project })
  @ApiFailures(404)
  async get(@Caller() caller: KeyPrincipal, @Argument(0, 'id', id) project: string): Promise<Project> {
    return toProject(await this.projects.get(caller, projectNumber(project)));
  }

  @ReadCall('list', 'List projects')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: ProjectList })
  @ApiFailures()
  async list(
    @Caller() caller: KeyPrincipal,
    @OptionalArgument(0, 'query', object(ProjectQueryModel, { $size: 10, state: 'active' }))
    query: ProjectQueryModel = new ProjectQueryModel(),
  ): Promise<ProjectList> {
    return toPage(await this.directory.page(caller, query.state, pageOf(query)), toProject);
  }

  @ReadCall('lookup', 'Find projects by a part of their name', 'The first ten, or those with the id.')
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: [ProjectLookupEntry] })
  @ApiFailures()
  async lookup(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'text', text('web')) search: string,
    @OptionalArgument(1, 'filters', object(ProjectFilters, { state: 'active' }))
    { state }: ProjectFilters = new ProjectFilters(),
  ): Promise<ProjectLookupEntry[]> {
    return (await this.directory.lookup(caller, state, search)).map(toProjectEntry);
  }

  @WriteCall('create', 'Create a project')
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: Project })
  @ApiFailures(409)
  async create(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'data', object(ProjectData, { name: 'Website', description: 'The public website' }))
    { name, description }: ProjectData,
  ): Promise<Project> {
    return toProject(await this.projects.create(caller, { name, description, timeZone: 'UTC' }));
  }

  @WriteCall('save', 'Change a project')
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: Project })
  @ApiFailures(404, 409)
  async save(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'id', id) project: string,
    @Argument(1, 'data', object(ProjectSaveModel, { name: 'Website' })) data: ProjectSaveModel,
  ): Promise<Project> {
    const change = fromProjectSave(data);
    return toProject(await this.projects.update(caller, projectNumber(project), change));
  }

  @WriteCall('archive', 'Archive a project', 'It can be read, and takes no new feelbacks.')
  @Allow(Permission.ContentManage)
  @ApiOkResponse({ type: Project })
  @ApiFailures(404)
  async archive(@Caller() caller: KeyPrincipal, @Argument(0, 'id', id) project: string): Promise<Project> {
    return toProject(await this.projects.update(caller, projectNumber(project), { archived: true }));
  }

  @ReadCall(
    'getStats',
    'Count the feelbacks of a project over a period',
    'Of all its content sets, whatever they say.',
  )
  @Allow(Permission.ContentRead)
  @ApiOkResponse({ type: AggregatedData })
  @ApiFailures(404)
  async getStats(
    @Caller() caller: KeyPrincipal,
    @Argument(0, 'id', id) project: string,
    @OptionalArgument(1, 'filter', statsFilter) filter: StatsFilter = new StatsFilter(),
  ): Promise<AggregatedData> {
    const statistics = this.statistics.ofProject(caller, projectNumber(project), toPeriod(filter));
    return toAggregatedData(await statistics);
  }
}
