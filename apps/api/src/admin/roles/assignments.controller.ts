import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { AssignmentsService } from '#libs/scopes/roles/assignments.service.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { RolePage } from './role.dto.js';
import { toRoleView } from './role.mapper.js';

@ApiTags('Roles')
@Controller('api/admin/users/:userId/roles')
export class AssignmentsController {
  constructor(private readonly assignments: AssignmentsService) {}

  @Get()
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'List the roles that a user was given' })
  @ApiOkResponse({ type: RolePage })
  @ApiProblems(403, 404)
  async page(
    @Caller() caller: UserPrincipal,
    @Param('userId', UuidPipe) userId: string,
    @Query() query: PageQuery,
  ): Promise<RolePage> {
    return toPageView(await this.assignments.rolesOf(caller, userId, query), toRoleView);
  }

  @Put(':roleId')
  @HttpCode(204)
  @Allow(Permission.RolesManage)
  @ApiOperation({
    summary: 'Give a user a role',
    description: 'Only one whose permissions you hold yourself in its scope.',
  })
  @ApiNoContentResponse()
  @ApiProblems(403, 404, 409)
  async assign(
    @Caller() caller: UserPrincipal,
    @Param('userId', UuidPipe) userId: string,
    @Param('roleId', UuidPipe) roleId: string,
  ): Promise<void> {
    await this.assignments.assign(caller, userId, roleId);
  }

  @Delete(':roleId')
  @HttpCode(204)
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'Take a role from a user', description: 'Within two seconds.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404)
  async unassign(
    @Caller() caller: UserPrincipal,
    @Param('userId', UuidPipe) userId: string,
    @Param('roleId', UuidPipe) roleId: string,
  ): Promise<void> {
    await this.assignments.unassign(caller, userId, roleId);
  }
}
