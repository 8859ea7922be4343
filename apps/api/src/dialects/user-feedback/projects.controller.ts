import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { FieldView, ProjectView } from './dto/project.dto.js';
import { PathId } from './path-id.pipe.js';
import { toFieldViews, toProjectView } from './project.mapper.js';

@ApiTags('Project')
@Controller('api/projects/:projectId')
export class ProjectsController {
  constructor(
    private readonly projects: ProjectsService,
    private readonly channels: ChannelsService,
  ) {}

  @Get()
  @Allow(Permission.ProjectsRead)
  @ApiOperation({ summary: 'Get project info', description: 'Retrieves a project info by project id.' })
  @ApiOkResponse({ type: ProjectView })
  @ApiFailures()
  async get(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
  ): Promise<ProjectView> {
    return toProjectView(await this.projects.get(caller, projectId));
  }

  @Get('channels/:channelId/fields')
  @Allow(Permission.ProjectsRead)
  @ApiOperation({
    summary: 'List the fields of a channel',
    description: 'The active fields, oldest first, with those that every channel has.',
  })
  @ApiOkResponse({ type: [FieldView] })
  @ApiFailures()
  async fields(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('channelId', PathId) channelId: number,
  ): Promise<FieldView[]> {
    return toFieldViews(await this.channels.schema(caller, projectId, channelId));
  }
}
