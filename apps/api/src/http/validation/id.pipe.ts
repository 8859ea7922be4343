import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** An id in a path: a positive integer that JSON can hold, in decimal digits. */
@Injectable()
export class IdPipe implements PipeTransform<string, number> {
  constructor(private readonly label: string) {}

  transform(value: string): number {
    const id = /^\d{1,16}$/.test(value) ? Number(value) : 0;
    if (id < 1 || !Number.isSafeInteger(id)) {
      throw new DomainError('invalid', 'id', `${this.label} must be a positive integer.`);
    }
    return id;
  }
}
