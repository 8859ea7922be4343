import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { ContentSetsService } from '#libs/content-sets/content-sets.service.js';
import { ContentsService } from '#libs/content-sets/contents.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import {
  ContentSetPage,
  ContentSetQuery,
  ContentSetView,
  CreateContentSetBody,
  UpdateContentSetBody,
} from './content-set.dto.js';
import { toContentSetView, toContentView } from './content-set.mapper.js';
import { ContentPage, ContentQuery, ContentView, CreateContentBody } from './content.dto.js';

@ApiTags('Content sets')
@Controller('api/admin/content-sets')
export class ContentSetsController {
  constructor(
    private readonly sets: ContentSetsService,
    private readonly contents: ContentsService,
  ) {}

  @Post()
  @Allow(Permission.ContentManage)
  @ApiOperation({ summary: 'Create a content set' })
  @ApiCreatedResponse({ type: ContentSetView })
  @ApiProblems(403, 404, 409, 413, 415, 422)
  async create(@Caller() caller: UserPrincipal, @Body() body: CreateContentSetBody): Promise<ContentSetView> {
    return toContentSetView(await this.sets.create(caller, body));
  }

  @Get()
  @Allow(Permission.ContentRead)
  @ApiOperation({ summary: 'List content sets' })
  @ApiOkResponse({ type: ContentSetPage })
  @ApiProblems(403)
  async page(@Caller() caller: UserPrincipal, @Query() query: ContentSetQuery): Promise<ContentSetPage> {
    return toPageView(await this.sets.page(caller, query, query), toContentSetView);
  }

  @Get(':id')
  @Allow(Permission.ContentRead)
  @ApiOperation({ summary: 'Get a content set' })
  @ApiOkResponse({ type: ContentSetView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<ContentSetView> {
    return toContentSetView(await this.sets.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.ContentManage)
  @ApiOperation({ summary: 'Change, pause, archive or restore a content set' })
  @ApiOkResponse({ type: ContentSetView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateContentSetBody,
  ): Promise<ContentSetView> {
    return toContentSetView(await this.sets.update(caller, id, body));
  }

  @Post(':id/contents')
  @Allow(Permission.ContentManage)
  @ApiOperation({ summary: 'Create a content of a set' })
  @ApiCreatedResponse({ type: ContentView })
  @ApiProblems(403, 404, 409, 413, 415, 422)
  async createContent(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) contentSetId: string,
    @Body() body: CreateContentBody,
  ): Promise<ContentView> {
    return toContentView(await this.contents.create(caller, { ...body, contentSetId }));
  }

  @Get(':id/contents')
  @Allow(Permission.ContentRead)
  @ApiOperation({ summary: 'List the contents of a set' })
  @ApiOkResponse({ type: ContentPage })
  @ApiProblems(403, 404)
  async pageOfContents(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Query() query: ContentQuery,
  ): Promise<ContentPage> {
    return toPageView(await this.contents.page(caller, id, query, query), toContentView);
  }
}
