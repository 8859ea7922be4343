import { Transform } from 'class-transformer';

/** A query parameter with several values: separated by commas, or given several times. `\,` is a comma of a value. */
export function CommaSeparated(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (typeof value === 'string') return parted(value);
    return Array.isArray(value)
      ? value.flatMap((one: unknown) => (typeof one === 'string' ? parted(one) : [one]))
      : value;
  });
}

function parted(text: string): string[] {
  return text.split(/(?<!\\),/).map((one) => one.replaceAll('\\,', ','));
}
