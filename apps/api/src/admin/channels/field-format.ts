import { FIELD_FORMATS, type FieldFormat } from '#libs/channels/field.entity.js';

/** What may be asked for: what is kept, and `aiField`, which is kept as text. */
export const REQUESTED_FORMATS = [...FIELD_FORMATS, 'aiField'] as const;

export type RequestedFormat = (typeof REQUESTED_FORMATS)[number];

export function toFieldFormat(requested: RequestedFormat): FieldFormat {
  return requested === 'aiField' ? 'text' : requested;
}
