import fc from 'fast-check';
import { isPlainEmail } from '#libs/platform/email/is-plain-email.js';
import { FEEDBACK_SEVERITIES } from '#libs/feedback/workflow/feedback-severity.js';
import { FEEDBACK_STATUSES } from '#libs/feedback/workflow/feedback-status.js';
import { TARGET_TYPES } from '#libs/scopes/scope.js';
import { FEEDBACK_TYPES } from '#apps/api/src/dialects/scoped-feedback/feedback-types.js';

const TROUBLE = [
  '100%',
  'a_b',
  'back\\slash',
  "'; drop table feedback; --",
  '"quoted"',
  '{"a":1}',
  'two\nlines\r\n',
  ' around ',
  'İstanbul ẞ',
  '결제 💥',
  '\u0001\u007f\u2028\ufeff',
  '\\N',
  '\t',
  '5',
  '2024-03-07',
  'null',
  '__proto__',
];

/** Whatever JSON and PostgreSQL both hold. */
const text = fc
  .oneof(
    fc.constantFrom(...TROUBLE),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  )
  .map((one) => one.replaceAll('\0', ''));
const said = text.filter((one) => one !== '');
/** Opaque, without control characters and without blanks around it. */
const id = said.filter((one) => !/\p{Cc}/u.test(one) && one.trim() === one);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

/** Some with capitals: the domain is shown in lower case. */
const email = fc
  .tuple(fc.emailAddress(), fc.boolean())
  .map(([address, loud]) => (loud ? address.toUpperCase() : address))
  .filter(isPlainEmail);

const scope = fc.oneof(
  fc.constant({ type: 'global' as const, id: null }),
  fc.record({ type: fc.constantFrom(...TARGET_TYPES), id }),
);

/** What a client of insider-connect sends. */
export const clientBody = fc.record(
  {
    submittedByEmail: email,
    contactConsent: fc.boolean(),
    description: fc.option(text),
    sentimentRating: fc.option(fc.boolean()),
  },
  { requiredKeys: ['submittedByEmail', 'contactConsent'] },
);

/** What a source pushes; the dates are local to it. */
export const sourceRow = fc.record({
  date: fc
    .date({ min: new Date('1990-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19).replace('T', ' ')),
  name: text,
  content: text,
});

/** What is sent to scoped-feedback. */
export const entry = fc.record(
  {
    scope,
    title: said.filter((one) => one.trim() !== ''),
    description: said,
    type: fc.constantFrom(...FEEDBACK_TYPES),
    authorId: id,
    category: fc.option(fc.oneof(text, fc.constant(''))),
    targetContext: fc.option(text),
    severity: fc.constantFrom(...FEEDBACK_SEVERITIES),
    labels: fc.array(
      text.filter((one) => one.trim() !== ''),
      { maxLength: 5 },
    ),
    targetUserId: fc.option(id),
  },
  { requiredKeys: ['scope', 'title', 'description'] },
);

/** What user-feedback may write into the channel of a client of insider-connect. */
export const clientValues = fc.record({
  description: maybe(said),
  submittedByEmail: maybe(email),
  contactConsent: maybe(fc.boolean()),
  sentimentRating: maybe(fc.constantFrom(-1, 0, 1)),
});

/** What it may write into the channel of a source. */
export const sourceValues = fc.record({
  content: maybe(said),
  name: maybe(text),
  date: maybe(
    fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  ),
});

/** What it may write into a scoped inbox. */
export const inboxValues = fc.record({
  scope: maybe(scope),
  title: maybe(text),
  description: maybe(text),
  type: maybe(fc.constantFrom(...FEEDBACK_TYPES)),
  status: maybe(fc.constantFrom(...FEEDBACK_STATUSES)),
  severity: maybe(fc.constantFrom(...FEEDBACK_SEVERITIES)),
  category: maybe(fc.oneof(text, fc.constant(''))),
  targetContext: maybe(text),
  resolutionNote: maybe(text),
  reporterId: maybe(id),
  assignedUserId: maybe(id),
  targetUserId: maybe(id),
});

/** What is written into a set of tagged messages. */
export const TAGS = { idea: 0.4, error: -1, other: 0 } as const;
const LONG = `a tag of 64 characters${'.'.repeat(42)}`;
export const TAG_ITEMS = [
  ...Object.entries(TAGS).map(([value, sentiment]) => ({ value, sentiment })),
  { value: LONG },
];
export const tagged = fc.record({
  tag: fc.constantFrom('idea', 'error', 'other', LONG),
  message: maybe(text),
  key: fc.constantFrom('https://example.com/hello', '/docs', 'x'.repeat(300)),
  user: maybe(fc.oneof(email, id, fc.constant('u'.repeat(200)))),
});
export type Tagged = typeof tagged extends fc.Arbitrary<infer T> ? T : never;
