import { Transform } from 'class-transformer';

/** Spaces at the ends of a text are not part of it. */
export function Trimmed(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
}
