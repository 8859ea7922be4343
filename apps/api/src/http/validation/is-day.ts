import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A day of the calendar, `YYYY-MM-DD`, in the years 1970 to 9998: a year later is a day of four-digit years, too. */
export function IsDay(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isDay',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isDay(value),
        defaultMessage: () => '$property must be a day such as 2026-11-22, in the years 1970 to 9998',
      },
    },
    options,
  );
}

function isDay(text: string): boolean {
  if (!/^(19[7-9]|[2-9]\d\d)\d-\d\d-\d\d$/.test(text) || text.startsWith('9999')) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
