import type { NewField } from '#libs/channels/new-field.js';

/** The fields of a channel that an OAuth client writes to: one of its own, the others mirror columns. */
export const CHANNEL_FIELDS: readonly NewField[] = [
  { key: 'description', name: 'Description', format: 'text', editable: false },
  {
    key: 'submittedByEmail',
    name: 'Submitted by e-mail',
    format: 'keyword',
    editable: false,
    personal: true,
    systemColumn: 'author_email',
  },
  {
    key: 'contactConsent',
    name: 'Contact consent',
    format: 'boolean',
    editable: false,
    systemColumn: 'contact_consent',
  },
  {
    key: 'sentimentRating',
    name: 'Sentiment rating',
    format: 'number',
    editable: false,
    systemColumn: 'sentiment',
  },
];
