import { ValidateBy, type ValidationOptions } from 'class-validator';
import { instantOf } from './is-instant.js';

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** A moment by RFC 3339. ISO 8601 knows more spellings, and JavaScript's Date does not know them all. */
export function IsDateTime(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isDateTime',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && DATE_TIME.test(value) && instantOf(value) !== undefined,
        defaultMessage: () => '$property must be a date and time such as 2027-11-22T10:00:00Z',
      },
    },
    options,
  );
}
