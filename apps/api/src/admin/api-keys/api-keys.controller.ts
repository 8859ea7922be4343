import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { ApiKeysService } from '#libs/auth/api-keys/api-keys.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ProvisioningService } from '#apps/api/src/provisioning/provisioning.service.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import {
  ApiKeyPage,
  ApiKeyQuery,
  ApiKeyView,
  CreateApiKeyBody,
  CreatedApiKeyView,
  UpdateApiKeyBody,
} from './api-key.dto.js';
import { toApiKeyView } from './api-key.mapper.js';

@ApiTags('API keys')
@Controller('api/admin/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly provisioning: ProvisioningService,
  ) {}

  @Post()
  @Allow(Permission.CredentialsManage)
  @ApiOperation({
    summary: 'Create an API key',
    description: 'The key itself is in this answer and nowhere else.',
  })
  @ApiCreatedResponse({ type: CreatedApiKeyView })
  @ApiProblems(403, 404, 413, 415)
  async create(@Caller() caller: UserPrincipal, @Body() body: CreateApiKeyBody): Promise<CreatedApiKeyView> {
    const { key, value } = await this.provisioning.apiKey(caller, {
      ...body,
      expiresAt: body.expiresAt === undefined ? undefined : new Date(body.expiresAt),
    });
    return { ...toApiKeyView(key), key: value };
  }

  @Get()
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'List API keys' })
  @ApiOkResponse({ type: ApiKeyPage })
  @ApiProblems(403)
  async page(@Caller() caller: UserPrincipal, @Query() query: ApiKeyQuery): Promise<ApiKeyPage> {
    return toPageView(await this.keys.page(caller, { dialect: query.dialect }, query), toApiKeyView);
  }

  @Get(':id')
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Get an API key' })
  @ApiOkResponse({ type: ApiKeyView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<ApiKeyView> {
    return toApiKeyView(await this.keys.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Rename an API key, or set when it ends' })
  @ApiOkResponse({ type: ApiKeyView })
  @ApiProblems(403, 404, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() { name, expiresAt }: UpdateApiKeyBody,
  ): Promise<ApiKeyView> {
    return toApiKeyView(
      await this.keys.update(caller, id, {
        ...(name !== undefined && { name }),
        ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : new Date(expiresAt) }),
      }),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Revoke an API key', description: 'It stops working within two seconds.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404)
  async revoke(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<void> {
    await this.keys.revoke(caller, id);
  }
}
