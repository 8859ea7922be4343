import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { SigningKeysService } from '#libs/auth/tokens/signing-keys.service.js';
import { PublicUrl } from '#libs/platform/config/public-url.js';
import { Public } from '#apps/api/src/http/access/allow.decorator.js';
import { FailureEnvelope } from './dto/envelope.dto.js';
import { KeySet, ServerMetadata } from './dto/well-known.dto.js';
import { ALL_SCOPES } from './scope.js';

const CACHE = 'public, max-age=300';

/** What others need to find the token endpoint and to verify tokens by themselves. */
@ApiTags('Token')
@Controller('.well-known')
export class WellKnownController {
  constructor(
    private readonly keys: SigningKeysService,
    private readonly publicUrl: PublicUrl,
  ) {}

  @Get('jwks.json')
  @Public()
  @Header('Cache-Control', CACHE)
  @ApiOperation({ summary: 'The keys that sign tokens', description: 'RFC 7517.' })
  @ApiOkResponse({ type: KeySet })
  @ApiResponse({ status: 429, type: FailureEnvelope, description: 'Wait `Retry-After` seconds.' })
  @ApiResponse({ status: 503, type: FailureEnvelope, description: 'Try again after `Retry-After` seconds.' })
  async jwks(): Promise<KeySet> {
    return { keys: [...(await this.keys.jwks())] as Record<string, unknown>[] };
  }

  @Get('oauth-authorization-server')
  @Public()
  @Header('Cache-Control', CACHE)
  @ApiOperation({ summary: 'Metadata of the authorization server', description: 'RFC 8414.' })
  @ApiOkResponse({ type: ServerMetadata })
  @ApiResponse({ status: 429, type: FailureEnvelope, description: 'Wait `Retry-After` seconds.' })
  metadata(): ServerMetadata {
    const issuer = this.publicUrl.value;
    return {
      issuer,
      token_endpoint: `${issuer}/connect/token`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      scopes_supported: ALL_SCOPES,
      response_types_supported: [],
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    };
  }
}
