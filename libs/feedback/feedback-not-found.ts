import { DomainError } from '#libs/platform/errors/domain-error.js';

export function feedbackNotFound(): DomainError {
  return new DomainError('not_found', 'feedback', 'Feedback not found.');
}
