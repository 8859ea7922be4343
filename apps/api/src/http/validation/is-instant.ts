import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A date, or a date and a time with or without an offset: without one it is UTC. */
const INSTANT = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** An instant in ISO 8601, in the spellings that JavaScript's Date knows. */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && instantOf(value) !== undefined,
        defaultMessage: () => '$property must be a valid ISO 8601 date',
      },
    },
    options,
  );
}

/** Undefined for what names no instant. */
export function instantOf(text: string): Date | undefined {
  const match = INSTANT.exec(text);
  if (!match || !isInCalendar(match[1]!)) return undefined;
  const date = new Date(match[2] !== undefined && match[5] === undefined ? `${text}Z` : text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** JavaScript counts days that a month does not have on into the next one. */
function isInCalendar(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
