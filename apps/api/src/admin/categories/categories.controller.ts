import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { CategoriesService } from '#libs/categories/categories.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { IdParam } from '#apps/api/src/http/validation/id-param.decorator.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { CategoryBody, CategoryPage, CategoryView } from './category.dto.js';
import { toCategoryView } from './category.mapper.js';

@ApiTags('Categories')
@Controller('api/admin/projects/:projectId/categories')
export class CategoriesController {
  constructor(private readonly categories: CategoriesService) {}

  @Post()
  @Allow(Permission.CategoriesManage)
  @ApiOperation({ summary: 'Create a category' })
  @ApiCreatedResponse({ type: CategoryView })
  @ApiProblems(403, 404, 409, 413, 415)
  async create(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @Body() body: CategoryBody,
  ): Promise<CategoryView> {
    const { result: id } = await this.categories.create(caller, projectId, body);
    return toCategoryView(await this.categories.get(caller, projectId, id));
  }

  @Get()
  @Allow(Permission.CategoriesRead)
  @ApiOperation({ summary: 'List categories', description: 'Oldest first.' })
  @ApiOkResponse({ type: CategoryPage })
  @ApiProblems(403, 404)
  async page(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @Query() query: PageQuery,
  ): Promise<CategoryPage> {
    return toPageView(await this.categories.list(caller, projectId, query), toCategoryView);
  }

  @Get(':categoryId')
  @Allow(Permission.CategoriesRead)
  @ApiOperation({ summary: 'Get a category' })
  @ApiOkResponse({ type: CategoryView })
  @ApiProblems(403, 404)
  async get(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('categoryId') categoryId: number,
  ): Promise<CategoryView> {
    return toCategoryView(await this.categories.get(caller, projectId, categoryId));
  }

  @Patch(':categoryId')
  @Allow(Permission.CategoriesManage)
  @ApiOperation({ summary: 'Rename a category' })
  @ApiOkResponse({ type: CategoryView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('categoryId') categoryId: number,
    @Body() body: CategoryBody,
  ): Promise<CategoryView> {
    return toCategoryView(await this.categories.update(caller, projectId, categoryId, body));
  }

  @Delete(':categoryId')
  @HttpCode(204)
  @Allow(Permission.CategoriesManage)
  @ApiOperation({ summary: 'Remove a category', description: 'Its issues stay, without a category.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404, 409)
  async remove(
    @Caller() caller: UserPrincipal,
    @IdParam('projectId') projectId: number,
    @IdParam('categoryId') categoryId: number,
  ): Promise<void> {
    await this.categories.remove(caller, projectId, categoryId);
  }
}
