import { Injectable } from '@nestjs/common';
import { AccessTokens, type TokenKind } from '#libs/auth/tokens/access-tokens.js';
import type { AuthenticatedClient } from '#libs/auth/oauth-clients/client-authentication.js';
import { PublicUrl } from '#libs/platform/config/public-url.js';

/** Seconds that an access token lives. */
export const TOKEN_LIFETIME = 3600;

/** Access tokens of OAuth clients: JWTs as RFC 9068 wants them. */
@Injectable()
export class ClientTokens {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly publicUrl: PublicUrl,
  ) {}

  issue({ client, secretId }: AuthenticatedClient, scope: string): Promise<string> {
    return this.tokens.issue(this.kind(), client.id, TOKEN_LIFETIME, {
      client_id: client.id,
      scope,
      // Lets the revocation of a secret end the tokens that it got.
      secret_id: secretId,
    });
  }

  kind(): TokenKind {
    const issuer = this.publicUrl.value;
    return { issuer, audience: `${issuer}/api/client`, type: 'at+jwt' };
  }
}
