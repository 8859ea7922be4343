import { Body, Controller, Delete, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { CategoriesService } from '#libs/categories/categories.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { unwrap } from '#apps/api/src/http/idempotency/unwrap.js';
import { ApiBodyFailures, ApiFailures, ApiIdempotent } from './api-failures.decorator.js';
import { toCategoryQuery, toCategoryView } from './category.mapper.js';
import { claimOf } from './claim-of.js';
import { CategoryBody, CategoryPage, CategoryParameters } from './dto/category.dto.js';
import { IdView } from './dto/ids.dto.js';
import { EMPTY } from './empty.js';
import { readPaging, toPage } from './paging.js';
import { PathId } from './path-id.pipe.js';

@ApiTags('Category')
@Controller('api/projects/:projectId/categories')
export class CategoriesController {
  constructor(private readonly categories: CategoriesService) {}

  @Post()
  @Allow(Permission.CategoriesManage)
  @ApiOperation({ summary: 'Create a category', description: 'Create a new category within a project' })
  @ApiCreatedResponse({ type: IdView })
  @ApiIdempotent()
  async create(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Body() body: CategoryBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IdView> {
    const claim = claimOf(request, caller, projectId, body);
    return { id: unwrap(response, await this.categories.create(caller, projectId, body, claim)) };
  }

  @Get()
  @Allow(Permission.CategoriesRead)
  @ApiOperation({
    summary: 'List categories',
    description: 'Get all categories by name within a project. A body is ignored.',
  })
  @ApiOkResponse({ type: CategoryPage })
  @ApiFailures()
  async page(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Query() query: CategoryParameters,
  ): Promise<CategoryPage> {
    const paging = readPaging(query);
    const page = await this.categories.page(caller, projectId, toCategoryQuery(query), paging);
    return toPage(page, paging, toCategoryView);
  }

  @Put(':categoryId')
  @Allow(Permission.CategoriesManage)
  @ApiOperation({ summary: 'Update a category', description: 'Update existing category name' })
  @ApiOkResponse({ description: EMPTY })
  @ApiBodyFailures()
  async update(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('categoryId', PathId) categoryId: number,
    @Body() body: CategoryBody,
  ): Promise<void> {
    await this.categories.update(caller, projectId, categoryId, body);
  }

  @Delete(':categoryId')
  @Allow(Permission.CategoriesManage)
  @ApiOperation({
    summary: 'Delete a category',
    description: 'Deletes a category. Its issues stay, without one.',
  })
  @ApiOkResponse({ description: EMPTY })
  @ApiFailures(409)
  remove(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('categoryId', PathId) categoryId: number,
  ): Promise<void> {
    return this.categories.remove(caller, projectId, categoryId);
  }
}
