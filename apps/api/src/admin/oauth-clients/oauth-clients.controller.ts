import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { OAuthClientsService } from '#libs/auth/oauth-clients/oauth-clients.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { PageQuery } from '#apps/api/src/http/paging/page-query.dto.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ProvisioningService } from '#apps/api/src/provisioning/provisioning.service.js';
import { toPageView } from '../admin.mapper.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { IssuedSecretView, RotateSecretBody } from '../secrets/secret.dto.js';
import { toIssuedSecretView } from '../secrets/secret.mapper.js';
import {
  CreatedOAuthClientView,
  CreateOAuthClientBody,
  OAuthClientPage,
  OAuthClientView,
  UpdateOAuthClientBody,
} from './oauth-client.dto.js';
import { toOAuthClientView } from './oauth-client.mapper.js';

@ApiTags('OAuth clients')
@Controller('api/admin/oauth-clients')
export class OAuthClientsController {
  constructor(
    private readonly clients: OAuthClientsService,
    private readonly provisioning: ProvisioningService,
  ) {}

  @Post()
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Create a client with its channel and first secret' })
  @ApiCreatedResponse({ type: CreatedOAuthClientView })
  @ApiProblems(403, 404, 409, 413, 415)
  async create(
    @Caller() caller: UserPrincipal,
    @Body() body: CreateOAuthClientBody,
  ): Promise<CreatedOAuthClientView> {
    const { client, issued } = await this.provisioning.oauthClient(caller, body);
    return { ...toOAuthClientView({ client, secrets: [issued.secret] }), secret: issued.value };
  }

  @Get()
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'List clients' })
  @ApiOkResponse({ type: OAuthClientPage })
  @ApiProblems(403)
  async page(@Caller() caller: UserPrincipal, @Query() query: PageQuery): Promise<OAuthClientPage> {
    return toPageView(await this.clients.page(caller, query), toOAuthClientView);
  }

  @Get(':id')
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Get a client' })
  @ApiOkResponse({ type: OAuthClientView })
  @ApiProblems(403, 404)
  async get(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<OAuthClientView> {
    return toOAuthClientView(await this.clients.get(caller, id));
  }

  @Patch(':id')
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Change a client, or switch it off and on' })
  @ApiOkResponse({ type: OAuthClientView })
  @ApiProblems(403, 404, 413, 415)
  async update(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: UpdateOAuthClientBody,
  ): Promise<OAuthClientView> {
    return toOAuthClientView(await this.clients.update(caller, id, body));
  }

  @Post(':id/secrets')
  @Allow(Permission.CredentialsManage)
  @ApiOperation({
    summary: 'Make another secret',
    description: 'Two may be active, so that one can follow the other.',
  })
  @ApiCreatedResponse({ type: IssuedSecretView })
  @ApiProblems(403, 404, 409, 413, 415)
  async rotateSecret(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() body: RotateSecretBody,
  ): Promise<IssuedSecretView> {
    return toIssuedSecretView(await this.clients.rotateSecret(caller, id, body.overlapSeconds));
  }

  @Delete(':id/secrets/:secretId')
  @HttpCode(204)
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Revoke a secret', description: 'The tokens that it got end within two seconds.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404)
  async revokeSecret(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Param('secretId', UuidPipe) secretId: string,
  ): Promise<void> {
    await this.clients.revokeSecret(caller, id, secretId);
  }
}
