import { Injectable, type PipeTransform } from '@nestjs/common';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** The id of a feedback in a path. To clients it is a text that they were given: any other one leads nowhere. */
@Injectable()
export class FeedbackIdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    const id = /^[1-9]\d{0,15}$/.test(value) ? Number(value) : 0;
    if (id < 1 || !Number.isSafeInteger(id)) {
      throw new DomainError('not_found', 'feedback', 'Feedback not found.');
    }
    return id;
  }
}
