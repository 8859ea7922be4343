import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import { toStored, valuesOf } from '#libs/channels/field-values.js';
import { columnValues } from '../column-values.js';
import type { Feedback } from '../feedback.entity.js';

/** The row with new values in it, and the text for search as it then is. */
export function merged(
  schema: ChannelSchema,
  feedback: Feedback,
  values: Readonly<Record<string, unknown>>,
  updatedAt: Date,
): Feedback {
  if (Object.keys(values).length === 0) return { ...feedback, updatedAt };
  const { fields, columns } = toStored(schema, values);
  const { texts } = toStored(schema, { ...valuesOf(schema, { ...feedback }), ...values });
  return {
    ...feedback,
    fields: { ...feedback.fields, ...fields },
    ...columnValues(columns),
    searchText: texts.join('\n'),
    updatedAt,
  };
}
