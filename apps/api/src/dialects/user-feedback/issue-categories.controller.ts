import { Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { IssuesService } from '#libs/issues/issues.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { ApiFailures } from './api-failures.decorator.js';
import { EMPTY } from './empty.js';
import { PathId } from './path-id.pipe.js';

@ApiTags('Issue')
@Controller('api/projects/:projectId/issues/:issueId/category/:categoryId')
export class IssueCategoriesController {
  constructor(private readonly issues: IssuesService) {}

  @Put()
  @Allow(Permission.IssuesManage)
  @ApiOperation({
    summary: 'Set the category of an issue',
    description: 'Sorts the issue under the category, in place of the one that it had.',
  })
  @ApiOkResponse({ description: EMPTY })
  @ApiFailures(409)
  set(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('issueId', PathId) issueId: number,
    @Param('categoryId', PathId) categoryId: number,
  ): Promise<void> {
    return this.issues.setCategory(caller, projectId, issueId, categoryId);
  }

  @Delete()
  @Allow(Permission.IssuesManage)
  @ApiOperation({
    summary: 'Clear the category of an issue',
    description: 'Takes the issue out of the category, which must be its own.',
  })
  @ApiOkResponse({ description: EMPTY })
  @ApiFailures(409)
  clear(
    @Caller() caller: KeyPrincipal,
    @Param('projectId', PathId) projectId: number,
    @Param('issueId', PathId) issueId: number,
    @Param('categoryId', PathId) categoryId: number,
  ): Promise<void> {
    return this.issues.clearCategory(caller, projectId, issueId, categoryId);
  }
}
