import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { ChannelPage, ChannelView, CreateChannelBody, UpdateChannelBody } from './channel.dto.js';
import { toChannelView } from './channel.mapper.js';

/** Channels that are made here belong to no dialect in particular; credentials bring channels of their own. */
const DIALECT = 'user-feedback';

@ApiTags('Channels')
@Controller('api/admin/projects/:projectId/channels')
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Post()
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Create a channel' })
  @ApiCreatedResponse({ type: ChannelView })
  @ApiProblems(403, 404, 409, 413, 415)
  async create(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @Body() body: CreateChannelBody,
  ): Promise<ChannelView> {
    return toChannelView(
      await this.channels.create(caller, projectId, { ...body, dialect: DIALECT, fields: [] }),
    );
  }

  @Get()
  @Allow(Permission.ProjectsRead)
  @ApiOperation({ summary: 'List channels' })
  @ApiOkResponse({ type: ChannelPage })
  @ApiProblems(403, 404)
  async page(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @Query() query: PageQuery,
  ): Promise<ChannelPage> {
    return toPageView(await this.channels.page(caller, projectId, query), toChannelView);
  }

  @Get(':channelId')
  @Allow(Permission.ProjectsRead)
  @ApiOperation({ summary: 'Get a channel' })
  @ApiOkResponse({ type: ChannelView })
  @ApiProblems(403, 404)
  async get(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
  ): Promise<ChannelView> {
    return toChannelView(await this.channels.get(caller, projectId, channelId));
  }

  @Patch(':channelId')
  @Allow(Permission.ProjectsManage)
  @ApiOperation({ summary: 'Change a channel' })
  @ApiOkResponse({ type: ChannelView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('channelId') channelId: number,
    @Body() body: UpdateChannelBody,
  ): Promise<ChannelView> {
    return toChannelView(await this.channels.update(caller, projectId, channelId, body));
  }
}
