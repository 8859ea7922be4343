import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountsService } from '#libs/accounts/accounts.service.js';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ProvisioningService } from '#apps/api/src/provisioning/provisioning.service.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { AccountPage, AccountView, CreateAccountBody, UpdateAccountBody } from './account.dto.js';
import { toAccountView } from './account.mapper.js';

@ApiTags('Accounts')
@Controller('api/admin/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly provisioning: ProvisioningService,
  ) {}

  @Post()
  @Allow(Permission.PlatformManage)
  @ApiOperation({ summary: 'Create an account with its first owner (operators)' })
  @ApiCreatedResponse({ type: AccountView })
  @ApiProblems(403, 409, 413, 415)
  async create(@Caller() caller: UserPrincipal, @Body() body: CreateAccountBody): Promise<AccountView> {
    const { account } = await this.provisioning.account(caller, body.name, body.owner);
    return toAccountView(account);
  }

  @Get()
  @Allow(Permission.PlatformManage)
  @ApiOperation({ summary: 'List accounts (operators)' })
  @ApiOkResponse({ type: AccountPage })
  @ApiProblems(403)
  async page(@Query() query: PageQuery): Promise<AccountPage> {
    return toPageView(await this.accounts.page(query), toAccountView);
  }

  @Get(':id')
  @Allow(Permission.AccountRead)
  @ApiOperation({ summary: 'Get an account' })
  @ApiOkResponse({ type: AccountView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<AccountView> {
    return toAccountView(await this.accounts.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.AccountManage)
  @ApiOperation({ summary: 'Change an account' })
  @ApiOkResponse({ type: AccountView })
  @ApiProblems(403, 404, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateAccountBody,
  ): Promise<AccountView> {
    return toAccountView(await this.accounts.update(caller, id, body));
  }
}
