import type { NewField } from '#libs/channels/new-field.js';

/** The fields of a source's channel, under the names that its rows are pushed with. Clients read them only. */
export const CHANNEL_FIELDS: readonly NewField[] = [
  { key: 'content', name: 'Content', format: 'text', editable: false },
  {
    key: 'name',
    name: 'Name',
    format: 'keyword',
    editable: false,
    personal: true,
    systemColumn: 'author_name',
  },
  { key: 'date', name: 'Date', format: 'date', editable: false, systemColumn: 'submitted_at' },
];
