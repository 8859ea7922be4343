import { DomainError } from '#libs/platform/errors/domain-error.js';
import { violatedConstraint } from './database-errors.js';

/**
 * Runs a write, and says in words what a unique constraint by this name refuses: the constraint decides, not a look
 * beforehand that another request may overtake.
 * @throws DomainError conflict
 */
export async function conflictOn<T>(
  constraint: string,
  subject: string,
  message: string,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (violatedConstraint(error) !== constraint) throw error;
    throw new DomainError('conflict', subject, message, {}, error);
  }
}
