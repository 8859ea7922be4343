import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { ScopedPermissions } from '#libs/scopes/scoped-permissions.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiProblems } from './api-problems.decorator.js';
import { ExplainQuery, ExplainView } from './dto/explain.dto.js';
import { toExplainView } from './explain.mapper.js';
import { toScope } from './feedback.mapper.js';

@ApiTags('Permissions')
@Controller('v1/feedback/permissions')
export class PermissionsController {
  constructor(private readonly permissions: ScopedPermissions) {}

  @Get('explain')
  @Allow(Permission.RolesManage)
  @ApiOperation({
    summary: 'Why a user may or may not (extension)',
    description: 'Names the grant, role or default that decides. Takes roles:manage.',
  })
  @ApiOkResponse({ type: ExplainView })
  @ApiProblems(404)
  async explain(@Caller() caller: UserPrincipal, @Query() query: ExplainQuery): Promise<ExplainView> {
    const scope = toScope(query);
    return toExplainView(
      query,
      scope,
      await this.permissions.explain(caller, query.userId, query.node, scope),
    );
  }
}
