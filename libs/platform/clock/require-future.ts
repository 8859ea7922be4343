import { DomainError } from '../errors/domain-error.js';

/** Refuses an end that has passed: what has one would not work from the start. @throws DomainError invalid (expiresAt) */
export function requireFuture(subject: string, expiresAt: Date | null | undefined, now: Date): void {
  if (!expiresAt || expiresAt > now) return;
  const message = 'expiresAt must be in the future';
  throw new DomainError('invalid', subject, message, { violations: [{ field: 'expiresAt', message }] });
}
