import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { ImportsService } from '#libs/import/imports.service.js';
import { SourcesService } from '#libs/import/sources.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { SourceProvisioning } from '#apps/api/src/provisioning/source-provisioning.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import {
  CreateSourceBody,
  SourceImportPage,
  SourcePage,
  SourceQuery,
  SourceView,
  UpdateSourceBody,
} from './source.dto.js';
import { toSourceImportView, toSourceView } from './source.mapper.js';

@ApiTags('Sources')
@Controller('api/admin/sources')
export class SourcesController {
  constructor(
    private readonly sources: SourcesService,
    private readonly imports: ImportsService,
    private readonly provisioning: SourceProvisioning,
  ) {}

  @Post()
  @Allow(Permission.SourcesManage)
  @ApiOperation({ summary: 'Create a source with its channel' })
  @ApiCreatedResponse({ type: SourceView })
  @ApiProblems(403, 404, 409, 413, 415)
  async create(@Caller() caller: UserPrincipal, @Body() body: CreateSourceBody): Promise<SourceView> {
    return toSourceView(await this.provisioning.source(caller, body));
  }

  @Get()
  @Allow(Permission.SourcesManage)
  @ApiOperation({ summary: 'List sources' })
  @ApiOkResponse({ type: SourcePage })
  @ApiProblems(403)
  async page(@Caller() caller: UserPrincipal, @Query() query: SourceQuery): Promise<SourcePage> {
    return toPageView(await this.sources.page(caller, { projectId: query.projectId }, query), toSourceView);
  }

  @Get(':id')
  @Allow(Permission.SourcesManage)
  @ApiOperation({ summary: 'Get a source' })
  @ApiOkResponse({ type: SourceView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<SourceView> {
    return toSourceView(await this.sources.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.SourcesManage)
  @ApiOperation({ summary: 'Change, disable, archive or restore a source' })
  @ApiOkResponse({ type: SourceView })
  @ApiProblems(403, 404, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateSourceBody,
  ): Promise<SourceView> {
    return toSourceView(await this.sources.update(caller, id, body));
  }

  @Get(':id/imports')
  @Allow(Permission.SourcesManage)
  @ApiOperation({ summary: 'List the imports of a source' })
  @ApiOkResponse({ type: SourceImportPage })
  @ApiProblems(403, 404)
  async pageImports(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<SourceImportPage> {
    return toPageView(await this.imports.page(caller, id, query), toSourceImportView);
  }
}
