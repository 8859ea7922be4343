import { ValidateBy, type ValidationOptions } from 'class-validator';

const MAX_LENGTH = 128;

/** The id of a scope: opaque, 1 to 128 characters, no control characters. */
export function IsScopeId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isScopeId',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          value !== '' &&
          [...value].length <= MAX_LENGTH &&
          !/\p{Cc}/u.test(value),
        defaultMessage: () =>
          `$property must be 1 to ${MAX_LENGTH} characters, and no control characters among them`,
      },
    },
    options,
  );
}
