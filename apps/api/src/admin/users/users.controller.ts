import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { UsersService } from '#libs/accounts/users.service.js';
import { ManagedUsersService } from '#libs/scopes/managed-users.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { CreateUserBody, UpdateUserBody, UserPage, UserView } from './user.dto.js';
import { toUserView } from './user.mapper.js';

@ApiTags('Users')
@Controller('api/admin/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly managed: ManagedUsersService,
  ) {}

  @Post()
  @Allow(Permission.UsersManage)
  @ApiOperation({ summary: 'Create a user' })
  @ApiCreatedResponse({ type: UserView })
  @ApiProblems(403, 409, 413, 415)
  async create(@Caller() caller: UserPrincipal, @Body() body: CreateUserBody): Promise<UserView> {
    return toUserView(await this.managed.create(caller, body));
  }

  @Get()
  @Allow(Permission.UsersManage)
  @ApiOperation({ summary: 'List users' })
  @ApiOkResponse({ type: UserPage })
  @ApiProblems(403)
  async page(@Caller() caller: UserPrincipal, @Query() query: PageQuery): Promise<UserPage> {
    return toPageView(await this.users.page(caller, query), toUserView);
  }

  @Get(':id')
  @Allow(Permission.UsersManage)
  @ApiOperation({ summary: 'Get a user' })
  @ApiOkResponse({ type: UserView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<UserView> {
    return toUserView(await this.users.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.UsersManage)
  @ApiOperation({ summary: 'Change a user' })
  @ApiOkResponse({ type: UserView })
  @ApiProblems(403, 404, 409, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateUserBody,
  ): Promise<UserView> {
    return toUserView(await this.managed.update(caller, id, body));
  }
}
