import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';
import type { ClientPrincipal } from '#libs/accounts/principal.js';
import { AccessTokens, invalidToken } from '#libs/auth/tokens/access-tokens.js';
import { ClientAuthentication } from '#libs/auth/oauth-clients/client-authentication.js';
import { ClientTokens } from './client-tokens.js';
import { REALM } from './realm.js';
import { permissionsOf } from './scope.js';

/** Bearer tokens of OAuth clients (RFC 6750): verified, and the client asked for again within a second. */
@Injectable()
export class ClientBearerStrategy extends PassportStrategy(Strategy, 'client-bearer') {
  constructor(
    private readonly kinds: ClientTokens,
    private readonly tokens: AccessTokens,
    private readonly clients: ClientAuthentication,
  ) {
    super({ realm: REALM });
  }

  async validate(token: string): Promise<ClientPrincipal> {
    const { sub, scope, secret_id: secretId } = await this.tokens.verify(this.kinds.kind(), token);
    if (typeof scope !== 'string' || typeof secretId !== 'string') throw invalidToken();
    const principal = await this.clients.byToken(sub, secretId, permissionsOf(scope) ?? []);
    if (!principal) throw invalidToken();
    return principal;
  }
}
