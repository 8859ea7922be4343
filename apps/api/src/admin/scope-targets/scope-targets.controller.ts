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
import { TargetsService } from '#libs/scopes/targets/targets.service.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import {
  CreateScopeTargetBody,
  ScopeTargetPage,
  ScopeTargetQuery,
  ScopeTargetView,
  UpdateScopeTargetBody,
} from './scope-target.dto.js';
import { toScopeTargetView } from './scope-target.mapper.js';

@ApiTags('Scope targets')
@Controller('api/admin/scope-targets')
export class ScopeTargetsController {
  constructor(private readonly targets: TargetsService) {}

  @Post()
  @Allow(Permission.CredentialsManage)
  @ApiOperation({
    summary: 'Register a server, a network, a service or an extension',
    description: 'For a name, credentials and networks; a scope may also name what is not registered.',
  })
  @ApiCreatedResponse({ type: ScopeTargetView })
  @ApiProblems(403, 409, 413, 415)
  async create(
    @Caller() caller: UserPrincipal,
    @Body() body: CreateScopeTargetBody,
  ): Promise<ScopeTargetView> {
    return toScopeTargetView(await this.targets.create(caller, body));
  }

  @Get()
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'List what is registered' })
  @ApiOkResponse({ type: ScopeTargetPage })
  @ApiProblems(403)
  async page(@Caller() caller: UserPrincipal, @Query() query: ScopeTargetQuery): Promise<ScopeTargetPage> {
    return toPageView(await this.targets.page(caller, query, query), toScopeTargetView);
  }

  @Get(':id')
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Get a target' })
  @ApiOkResponse({ type: ScopeTargetView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<ScopeTargetView> {
    return toScopeTargetView(await this.targets.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.CredentialsManage)
  @ApiOperation({
    summary: 'Rename a target, or put a server into a network',
    description: 'A server that leaves its network cannot create there any more, within two seconds.',
  })
  @ApiOkResponse({ type: ScopeTargetView })
  @ApiProblems(403, 404, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateScopeTargetBody,
  ): Promise<ScopeTargetView> {
    return toScopeTargetView(await this.targets.update(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow(Permission.CredentialsManage)
  @ApiOperation({
    summary: 'Take a target off the register',
    description: 'Its secrets end within two seconds; feedback and roles of its scope stay.',
  })
  @ApiNoContentResponse()
  @ApiProblems(403, 404, 409)
  async remove(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<void> {
    await this.targets.remove(caller, id);
  }
}
