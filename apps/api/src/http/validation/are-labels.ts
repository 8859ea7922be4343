import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

const MAX_LABELS = 20;
const MAX_LENGTH = 50;

/** At most 20 labels of 1 to 50 characters each, spaces around them not counted; the DTO gets them trimmed. */
export function AreLabels(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value)
        ? value.map((label: unknown) => (typeof label === 'string' ? label.trim() : label))
        : value,
    ),
    ValidateBy({
      name: 'areLabels',
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) && value.length <= MAX_LABELS && value.every(isLabel),
        defaultMessage: () =>
          `$property must be a list of at most ${MAX_LABELS} texts of 1 to ${MAX_LENGTH} characters`,
      },
    }),
  );
}

function isLabel(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && [...value].length <= MAX_LENGTH;
}
