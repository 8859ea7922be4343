import { Transform } from 'class-transformer';

/** A query parameter that is a whole number; whatever is none stays a text, for the rules to refuse. */
export function QueryInteger(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value,
  );
}
