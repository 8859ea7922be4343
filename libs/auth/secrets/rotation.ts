import { sha256 } from '#libs/platform/crypto/secrets.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import type { Secret } from './secret.entity.js';

/** Two, so that a new secret can be rolled out before the old one ends. */
const MAX_ACTIVE = 2;

/** So many secrets of a holder that work no more are still listed. */
export const KEEP_DEAD = 10;

/** What is kept of a secret that was just made. */
export function toSecret(value: string, now: Date): Secret {
  return {
    id: uuidv7(now.getTime()),
    digest: sha256(value),
    hint: value.slice(-4),
    createdAt: now,
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
  };
}

/** A secret that opens the door at `now`. */
export function isActive(secret: Pick<Secret, 'revokedAt' | 'expiresAt'>, now: Date): boolean {
  return secret.revokedAt === null && (secret.expiresAt === null || secret.expiresAt > now);
}

/**
 * What becomes of a holder's secrets when another one is made.
 * @param overlapSeconds how long the ones before it go on; left out or null, they stay
 * @returns those that end then, with their new end; one that ends sooner anyway is not among them
 * @throws DomainError conflict when there is no room for another one
 */
export function endingSecrets<S extends Secret>(
  holder: 'client' | 'server',
  secrets: readonly S[],
  now: Date,
  overlapSeconds: number | null | undefined,
): S[] {
  const active = secrets.filter((secret) => isActive(secret, now));
  if (active.length >= MAX_ACTIVE) {
    throw new DomainError(
      'conflict',
      'secret',
      `A ${holder} has at most ${MAX_ACTIVE} active secrets: revoke one first.`,
    );
  }
  if (overlapSeconds == null) return [];
  const end = new Date(now.getTime() + overlapSeconds * 1000);
  const ending = active.filter(({ expiresAt }) => !expiresAt || expiresAt > end);
  for (const secret of ending) secret.expiresAt = end;
  return ending;
}
