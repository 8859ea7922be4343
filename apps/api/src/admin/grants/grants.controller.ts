import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { GrantsService } from '#libs/scopes/grants/grants.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { PermissionPipe } from '../permissions/permission.pipe.js';
import { GrantList, GrantView, PutGrantBody } from './grant.dto.js';
import { fromGrantBody, toGrantView } from './grant.mapper.js';

@ApiTags('Grants')
@Controller('api/admin/users/:userId/grants')
export class GrantsController {
  constructor(private readonly grants: GrantsService) {}

  @Post()
  @HttpCode(200)
  @Allow(Permission.RolesManage)
  @ApiOperation({
    summary: 'Grant or deny a user a permission everywhere, or change the grant that is there',
    description: 'Only a permission that you hold everywhere yourself. Nobody denies one to themselves.',
  })
  @ApiOkResponse({ type: GrantView })
  @ApiProblems(403, 404, 409, 413, 415)
  async put(
    @Caller() caller: UserPrincipal,
    @Param('userId', UuidPipe) userId: string,
    @Body() body: PutGrantBody,
  ): Promise<GrantView> {
    return toGrantView(await this.grants.put(caller, userId, body.permission, fromGrantBody(body)));
  }

  @Get()
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'List the grants of a user, those that ended, too' })
  @ApiOkResponse({ type: GrantList })
  @ApiProblems(403, 404)
  async all(@Caller() caller: UserPrincipal, @Param('userId', UuidPipe) userId: string): Promise<GrantList> {
    return { items: (await this.grants.all(caller, userId)).map(toGrantView) };
  }

  @Delete(':permission')
  @HttpCode(204)
  @Allow(Permission.RolesManage)
  @ApiOperation({ summary: 'Take a grant back', description: 'Within two seconds.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404)
  async remove(
    @Caller() caller: UserPrincipal,
    @Param('userId', UuidPipe) userId: string,
    @Param('permission', PermissionPipe) permission: Permission,
  ): Promise<void> {
    await this.grants.remove(caller, userId, permission);
  }
}
