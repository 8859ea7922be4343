import { ValidateBy, type ValidationOptions } from 'class-validator';

/** At most `max` characters as people count them: an emoji is one, where `length` says two. */
export function MaxCodePoints(max: number, options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'maxCodePoints',
      constraints: [max],
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && (value.length <= max || [...value].length <= max),
      },
    },
    options,
  );
}
