import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { scopeOf } from '#libs/scopes/scope-of.js';
import { ScopedPermissions } from '#libs/scopes/scoped-permissions.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { DecisionList, DecisionView, PermissionList, ScopeQuery } from './permission.dto.js';
import { toDecisionView, toPermissionList } from './permission.mapper.js';
import { PermissionPipe } from './permission.pipe.js';

@ApiTags('Permissions')
@Controller('api/admin')
export class PermissionsController {
  constructor(private readonly permissions: ScopedPermissions) {}

  @Get('permissions')
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'List the permissions that there are' })
  @ApiOkResponse({ type: PermissionList })
  @ApiProblems(403)
  all(): PermissionList {
    return toPermissionList();
  }

  @Get('users/:userId/permissions')
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'What a user may do in a scope, and why' })
  @ApiOkResponse({ type: DecisionList })
  @ApiProblems(403, 404)
  async effective(
    @Caller() caller: UserPrincipal,
    @Param('userId', UuidPipe) userId: string,
    @Query() { scope, scopeId }: ScopeQuery,
  ): Promise<DecisionList> {
    const decisions = await this.permissions.effective(caller, userId, scopeOf(scope, scopeId));
    return { items: decisions.map(({ permission, decision }) => toDecisionView(permission, decision)) };
  }

  @Get('users/:userId/permissions/:permission')
  @Allow(Permission.RolesManage)
  @ApiOperation({
    summary: 'Why a user may, or may not, do something in a scope',
    description: 'Names the grant, the role or the default role that decided.',
  })
  @ApiOkResponse({ type: DecisionView })
  @ApiProblems(403, 404)
  async explain(
    @Caller() caller: UserPrincipal,
    @Param('userId', UuidPipe) userId: string,
    @Param('permission', PermissionPipe) permission: Permission,
    @Query() { scope, scopeId }: ScopeQuery,
  ): Promise<DecisionView> {
    const decision = await this.permissions.explain(caller, userId, permission, scopeOf(scope, scopeId));
    return toDecisionView(permission, decision);
  }
}
