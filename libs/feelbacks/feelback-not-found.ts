import { DomainError } from '#libs/platform/errors/domain-error.js';

export function feelbackNotFound(): DomainError {
  return new DomainError('not_found', 'feelback', 'There is no feelback with this id.');
}
