import type { SchemaField } from '#libs/channels/channel-schema.js';

/** The field that takes what people write, of a channel that mirrors it: the first text, in the order of the channel. */
export function mirrorField(fields: readonly SchemaField[]): SchemaField | undefined {
  return fields.find(({ format, systemColumn }) => format === 'text' && systemColumn === null);
}
