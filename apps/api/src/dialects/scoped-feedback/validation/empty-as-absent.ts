import { Transform } from 'class-transformer';

/** A query parameter without a value counts as left out. */
export function EmptyAsAbsent(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value));
}
