import { createHash } from 'node:crypto';
import type { Channel } from './channel.entity.js';
import type { SchemaField } from './channel-schema.js';
import type { FieldFormat } from './field.entity.js';

interface AutomaticField {
  readonly key: string;
  readonly name: string;
  readonly format: FieldFormat;
  readonly editable: boolean;
  readonly systemColumn: string | null;
}

/** The fields that every channel has; they are derived, not stored, and nobody can change them. */
export const AUTOMATIC_FIELDS: readonly AutomaticField[] = [
  { key: 'id', name: 'ID', format: 'number', editable: false, systemColumn: 'id' },
  { key: 'createdAt', name: 'Created', format: 'date', editable: false, systemColumn: 'created_at' },
  { key: 'updatedAt', name: 'Updated', format: 'date', editable: false, systemColumn: 'updated_at' },
  { key: 'issues', name: 'Issue', format: 'multiSelect', editable: true, systemColumn: null },
];

/** The automatic fields of a channel, as old as the channel. */
export function automaticFields(channel: Channel): SchemaField[] {
  return AUTOMATIC_FIELDS.map((field, index) => ofChannel(channel, field, index - AUTOMATIC_FIELDS.length));
}

function ofChannel(
  { projectId, id: channelId, createdAt }: Channel,
  field: AutomaticField,
  position: number,
): SchemaField {
  return {
    ...field,
    projectId,
    channelId,
    id: derivedId(`${projectId}/${channelId}/${field.key}`),
    description: null,
    active: true,
    personal: false,
    position,
    createdAt,
    updatedAt: createdAt,
    options: [],
  };
}

/** A UUID of version 8 (RFC 9562) that the name decides. */
function derivedId(name: string): string {
  const bytes = createHash('sha256').update(`automatic field ${name}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
