import { ValidateBy } from 'class-validator';

const CONTROL = /\p{Cc}/u;

/** True for 1 to 128 characters without control characters. */
export function isOpaqueId(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    (value.length <= 128 || [...value].length <= 128) &&
    !CONTROL.test(value)
  );
}

/** An id that means something to others: 1 to 128 characters without control characters. */
export function IsOpaqueId(): PropertyDecorator {
  return ValidateBy({
    name: 'isOpaqueId',
    validator: {
      validate: isOpaqueId,
      defaultMessage: () => '$property must have 1 to 128 characters, none of them a control character',
    },
  });
}
