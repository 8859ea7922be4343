import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { isUuid } from '#libs/platform/ids/uuid.js';

/** An id in a path that is a UUID. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUuid(value)) throw new DomainError('invalid', 'id', 'The id in the path must be a UUID.');
    return value.toLowerCase();
  }
}
