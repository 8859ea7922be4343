import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
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

/** Present in every token of ours. */
export type TokenClaims = JWTPayload & {
  readonly sub: string;
  readonly iat: number;
  readonly exp: number;
};

/** Clocks of two replicas may differ by this many seconds. */
const SKEW_SECONDS = 5;

/** Signed JWTs (RFC 7519), asymmetric, so that others can verify them with the published keys. */
@Injectable()
export class AccessTokens {
  private readonly verified = new LRUCache<
    string,
    { readonly kind: TokenKind; readonly claims: TokenClaims }
  >({
    max: 2_000,
  });

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

  /**
   * The claims of a good token. A signature is checked once, an expiry each time; whether the subject still counts is
   * for the caller to ask.
   * @throws DomainError unauthenticated, reason `invalid_token`
   */
  async verify(kind: TokenKind, token: string): Promise<TokenClaims> {
    const known = this.verified.get(token);
    if (known && sameKind(known.kind, kind) && known.claims.exp * 1000 > this.clock.now().getTime()) {
      return known.claims;
    }
    const claims = await this.check(kind, token);
    this.verified.set(token, { kind, claims });
    return claims;
  }

  private async check(kind: TokenKind, token: string): Promise<TokenClaims> {
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
      return payload as TokenClaims;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw invalidToken(
        error instanceof errors.JWTExpired ? 'The access token expired.' : 'The access token is not valid.',
        error,
      );
    }
  }
}

function sameKind(a: TokenKind, b: TokenKind): boolean {
  return a.issuer === b.issuer && a.audience === b.audience && a.type === b.type;
}

/** The one answer to a token that is no good, whatever is wrong with it. */
export function invalidToken(message = 'The access token is not valid.', cause?: unknown): DomainError {
  return new DomainError('unauthenticated', 'token', message, { reason: 'invalid_token' }, cause);
}
