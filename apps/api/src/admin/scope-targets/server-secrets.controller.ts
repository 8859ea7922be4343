import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { UserPrincipal } from '#libs/accounts/principal.js';
import { ServerSecretsService } from '#libs/auth/servers/server-secrets.service.js';
import { Permission } from '#libs/scopes/permission.js';
import { Allow } from '#apps/api/src/http/access/allow.decorator.js';
import { Caller } from '#apps/api/src/http/access/caller.decorator.js';
import { UuidPipe } from '#apps/api/src/http/validation/uuid.pipe.js';
import { ApiProblems } from '../api-problems.decorator.js';
import { RotateSecretBody } from '../secrets/secret.dto.js';
import { toIssuedSecretView, toSecretView } from '../secrets/secret.mapper.js';
import { IssuedServerSecretView, ServerSecretList } from './scope-target.dto.js';

@ApiTags('Scope targets')
@Controller('api/admin/scope-targets/:id/secrets')
export class ServerSecretsController {
  constructor(private readonly secrets: ServerSecretsService) {}

  @Post()
  @Allow(Permission.CredentialsManage)
  @ApiOperation({
    summary: 'Make a secret for a server',
    description:
      'Two may be active, so that one can follow the other. It is in this answer and nowhere else.',
  })
  @ApiCreatedResponse({ type: IssuedServerSecretView })
  @ApiProblems(403, 404, 409, 413, 415)
  async rotate(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Body() { overlapSeconds }: RotateSecretBody,
  ): Promise<IssuedServerSecretView> {
    return toIssuedSecretView(await this.secrets.rotate(caller, id, overlapSeconds));
  }

  @Get()
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'List the secrets of a server, with the last ones that ended' })
  @ApiOkResponse({ type: ServerSecretList })
  @ApiProblems(403, 404)
  async all(@Caller() caller: UserPrincipal, @Param('id', UuidPipe) id: string): Promise<ServerSecretList> {
    return { items: (await this.secrets.all(caller, id)).map(toSecretView) };
  }

  @Delete(':secretId')
  @HttpCode(204)
  @Allow(Permission.CredentialsManage)
  @ApiOperation({ summary: 'Revoke a secret', description: 'It stops working within two seconds.' })
  @ApiNoContentResponse()
  @ApiProblems(403, 404)
  async revoke(
    @Caller() caller: UserPrincipal,
    @Param('id', UuidPipe) id: string,
    @Param('secretId', UuidPipe) secretId: string,
  ): Promise<void> {
    await this.secrets.revoke(caller, id, secretId);
  }
}
