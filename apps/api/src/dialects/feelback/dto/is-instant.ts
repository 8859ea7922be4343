import { ValidateBy, type ValidationOptions } from 'class-validator';

/** A date, or a date and a time with or without an offset: without one it is UTC. */
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** An instant in ISO 8601. */
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
  if (!match) return undefined;
  const date = new Date(match[1] !== undefined && match[4] === undefined ? `${text}Z` : text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
