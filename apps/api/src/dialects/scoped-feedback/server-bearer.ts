import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ServerPrincipal } from '#libs/accounts/principal.js';
import { ServerAuthentication } from '#libs/auth/servers/server-authentication.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** Servers: their id as `X-Server-Id`, their secret as the bearer token. */
@Injectable()
export class ServerBearer {
  constructor(private readonly servers: ServerAuthentication) {}

  /**
   * The server that calls; the same refusal for an unknown server and a wrong secret.
   * @throws DomainError invalid (several ids), unauthenticated
   */
  async authenticate(request: Request): Promise<ServerPrincipal> {
    const [id = '', ...others] = request.headersDistinct['x-server-id'] ?? [];
    if (others.length > 0) {
      throw new DomainError('invalid', 'server', 'X-Server-Id must not be sent more than once.');
    }
    const secret = /^bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (secret === undefined) {
      throw new DomainError(
        'unauthenticated',
        'server',
        "The server's secret is required as a bearer token.",
      );
    }
    const server = await this.servers.bySecret(id, secret);
    if (!server) {
      throw new DomainError('unauthenticated', 'server', 'The server is unknown, or its secret is wrong.', {
        reason: 'invalid_token',
      });
    }
    return server;
  }
}
