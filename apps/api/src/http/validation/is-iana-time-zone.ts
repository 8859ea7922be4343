import { isTimeZone, ValidateBy, type ValidationOptions } from 'class-validator';

/** The name of a time zone, such as Europe/Berlin. An offset is none: PostgreSQL reads its sign the other way round. */
export function IsIanaTimeZone(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isIanaTimeZone',
      validator: {
        validate: (value: unknown) => isTimeZone(value) && /^[A-Za-z]/.test(value as string),
        defaultMessage: () => '$property must be the name of an IANA time zone',
      },
    },
    options,
  );
}
