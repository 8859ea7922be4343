import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isInstant, parseIsoInstant } from '#libs/platform/clock/instant.js';

/** A date, or a date and a time with or without an offset; what `parseIsoInstant` reads, in the years 1 to 9999. */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isInstant(parseIsoInstant(value)),
        defaultMessage: () => '$property must be a date, or a date and time such as 2027-11-22T10:00:00Z',
      },
    },
    options,
  );
}

/** Undefined for what is left out, or names no instant. */
export function instantOf(text: string | undefined): Date | undefined {
  const instant = text === undefined ? undefined : parseIsoInstant(text);
  return instant === undefined ? undefined : new Date(instant);
}
