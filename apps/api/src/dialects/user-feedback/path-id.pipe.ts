import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** What the published API takes for an id. */
export const INTEGER = /^-?\d+$/;

/**
 * An id in a path. Whatever is an integer is asked for, as the published API does it; one that JSON cannot hold is
 * taken for 0, which nothing has.
 */
@Injectable()
export class PathId implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!INTEGER.test(value)) {
      throw new DomainError('invalid', 'id', 'Validation failed (numeric string is expected)');
    }
    const id = Number(value);
    return Number.isSafeInteger(id) ? id : 0;
  }
}
