import { Transform } from 'class-transformer';

/** A query parameter with several values: separated by commas, or given several times. */
export function CommaSeparated(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (typeof value === 'string') return value.split(',');
    return Array.isArray(value)
      ? value.flatMap((one: unknown) => (typeof one === 'string' ? one.split(',') : [one]))
      : value;
  });
}
