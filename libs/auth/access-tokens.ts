import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { Clock } from '#libs/platform/clock/clock.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import { SIGNING_ALGORITHM, SigningKeysService } from './signing-keys.service.js';

/** What keeps tokens of one kind from passing for another: their own audience and their own `typ`. */
export interface TokenKind {
  readonly issuer: string;
  readonly audience: string;
  /** The `typ` header, for example `at+jwt` (RFC 9068). */
  readonly type: string;
}

/** Clocks of two replicas may differ by this many seconds. */
const SKEW_SECONDS = 5;

/** Signed JWTs (RFC 7519), asymmetric, so that others can verify them with the published keys. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeysService,
    private readonly clock: Clock,
  ) {}

  /** @param lifetime seconds */
  async issue(
    kind: TokenKind,
    subject: string,
    lifetime: number,
    claims: Readonly<Record<string, unknown>> = {},
  ): Promise<string> {
    const { id, key } = await this.keys.signing();
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: id, typ: kind.type })
      .setIssuer(kind.issuer)
      .setAudience(kind.audience)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetime)
      .setJti(uuidv7())
      .sign(key);
  }

  /** The claims of a good token. @throws DomainError unauthenticated, reason `invalid_token` */
  async verify(kind: TokenKind, token: string): Promise<JWTPayload & { sub: string; iat: number }> {
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid }) => {
          const key = kid === undefined ? undefined : await this.keys.verifying(kid);
          if (!key) throw new errors.JWKSNoMatchingKey();
          return key;
        },
        {
          algorithms: [SIGNING_ALGORITHM],
          issuer: kind.issuer,
          audience: kind.audience,
          typ: kind.type,
          requiredClaims: ['sub', 'exp', 'iat', 'jti'],
          clockTolerance: SKEW_SECONDS,
          currentDate: this.clock.now(),
        },
      );
      return payload as JWTPayload & { sub: string; iat: number };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw invalidToken(
        error instanceof errors.JWTExpired ? 'The access token expired.' : 'The access token is not valid.',
        error,
      );
    }
  }
}

/** The one answer to a token that is no good, whatever is wrong with it. */
export function invalidToken(message = 'The access token is not valid.', cause?: unknown): DomainError {
  return new DomainError('unauthenticated', 'token', message, { reason: 'invalid_token' }, cause);
}
