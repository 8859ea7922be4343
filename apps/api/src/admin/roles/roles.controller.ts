import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { AssignmentsService } from '#libs/scopes/roles/assignments.service.js';
import { RolesService } from '#libs/scopes/roles/roles.service.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { CreateRoleBody, RoleHolderPage, RolePage, RoleQuery, RoleView, UpdateRoleBody } from './role.dto.js';
import { fromRoleBody, fromRoleQuery, toRoleHolderView, toRoleView } from './role.mapper.js';

@ApiTags('Roles')
@Controller('api/admin/roles')
export class RolesController {
  constructor(
    private readonly roles: RolesService,
    private readonly assignments: AssignmentsService,
  ) {}

  @Post()
  @Allow(Permission.RolesManage)
  @ApiOperation({
    summary: 'Create a role',
    description: 'Only with permissions that you hold yourself in that scope.',
  })
  @ApiCreatedResponse({ type: RoleView })
  @ApiProblems(403, 413, 415)
  async create(@Caller() caller: UserPrincipal, @Body() body: CreateRoleBody): Promise<RoleView> {
    return toRoleView(await this.roles.create(caller, fromRoleBody(body)));
  }

  @Get()
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'List roles' })
  @ApiOkResponse({ type: RolePage })
  @ApiProblems(403)
  async page(@Caller() caller: UserPrincipal, @Query() query: RoleQuery): Promise<RolePage> {
    return toPageView(await this.roles.page(caller, fromRoleQuery(query), query), toRoleView);
  }

  @Get(':id')
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'Get a role' })
  @ApiOkResponse({ type: RoleView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<RoleView> {
    return toRoleView(await this.roles.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.RolesManage)
  @ApiOperation({
    summary: 'Change a role, or make it the default of its scope',
    description: 'Counts within two seconds for all who have it.',
  })
  @ApiOkResponse({ type: RoleView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateRoleBody,
  ): Promise<RoleView> {
    return toRoleView(await this.roles.update(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'Remove a role, and take it from all who have it' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404, 409)
  async remove(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<void> {
    await this.roles.remove(caller, id);
  }

  @Get(':id/users')
  @Allow(Permission.RolesManage)
  @ApiOperation({
    summary: 'List who was given a role',
    description: 'Who has it by default, or built in, is not listed.',
  })
  @ApiOkResponse({ type: RoleHolderPage })
  @ApiProblems(403, 404)
  async users(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<RoleHolderPage> {
    return toPageView(await this.assignments.usersOf(caller, id, query), toRoleHolderView);
  }
}
