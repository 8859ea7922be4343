import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isPlainEmail } from '#libs/platform/email/is-plain-email.js';

/** An address alone: see `isPlainEmail`. */
export function IsPlainEmail(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isPlainEmail',
      validator: {
        validate: isPlainEmail,
        defaultMessage: () => '$property must be an e-mail address',
      },
    },
    options,
  );
}
