import { isEmail, ValidateBy, type ValidationOptions } from 'class-validator';

const MAX_LENGTH = 254;

/** An address alone (`user@example.com`): no display name, no line breaks, at most 254 characters, 64 before the @. */
export function IsPlainEmail(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isPlainEmail',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          value.length <= MAX_LENGTH &&
          isEmail(value, { allow_display_name: false, allow_utf8_local_part: true }),
        defaultMessage: () => '$property must be an e-mail address',
      },
    },
    options,
  );
}
