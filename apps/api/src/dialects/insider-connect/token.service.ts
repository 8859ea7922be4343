import { Injectable } from '@nestjs/common';
import { ClientAuthentication } from '#libs/auth/oauth-clients/client-authentication.js';
import { FailureThrottle } from '#libs/auth/sign-in/failure-throttle.js';
import { ClientTokens, TOKEN_LIFETIME } from './client-tokens.js';
import type { TokenResponse } from './dto/token.dto.js';
import { invalidClient, oauthError } from './oauth-error.js';
import { permissionsOf, scopesOf } from './scope.js';
import { readTokenRequest } from './token-request.js';

/** The client credentials grant. */
@Injectable()
export class TokenService {
  private readonly throttle = new FailureThrottle();

  constructor(
    private readonly clients: ClientAuthentication,
    private readonly tokens: ClientTokens,
  ) {}

  /** @throws DomainError with the OAuth error's name as its reason; limited after many failures */
  async grant(body: unknown, authorization: string | undefined, address: string): Promise<TokenResponse> {
    const request = readTokenRequest(body, authorization);
    await this.throttle.check(address, request.clientId);
    const authenticated = await this.clients.bySecret(request.clientId, request.clientSecret);
    if (!authenticated) {
      await this.throttle.failed(address, request.clientId);
      throw invalidClient(request.via);
    }
    const allowed = scopesOf(authenticated.client.permissions);
    const asked = request.scope === undefined ? allowed : requestedScopes(request.scope);
    if (!asked || asked.length === 0 || !asked.every((name) => allowed.includes(name))) {
      throw oauthError(
        'invalid_scope',
        'The requested scope is unknown or beyond what this client is allowed.',
      );
    }
    const scope = asked.join(' ');
    return {
      access_token: await this.tokens.issue(authenticated, scope),
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME - 1,
      scope,
    };
  }
}

function requestedScopes(scope: string) {
  const permissions = permissionsOf(scope);
  return permissions && scopesOf(permissions);
}
