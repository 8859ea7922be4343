import fc from 'fast-check';
import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { checkFieldValue, toStored } from '#libs/channels/field-values.js';
import type { NewField } from '#libs/channels/new-field.js';
import { FeedbackService } from '#libs/feedback/feedback.service.js';
import type { PlainFeedback } from './plain-search.js';
import { anyValue, EVERY_INSTANT, INSTANTS, type World } from './search-arbitraries.js';
import type { SeededAccount } from './seed.js';
import type { TestApp } from './test-app.js';

export interface WorldPlace {
  readonly app: TestApp;
  readonly account: SeededAccount;
  readonly projectId: number;
}

/** Makes a channel and feedback in it, through the services, and says what a client sent. */
export async function makeWorld(
  { app, account, projectId }: WorldPlace,
  name: string,
  fields: readonly NewField[],
  rows: number,
  seed: number,
): Promise<World> {
  const channels = app.server.app.get(ChannelsService);
  const channel = await channels.create(account.system, projectId, {
    name,
    dialect: 'user-feedback',
    fields,
  });
  const schema = await channels.schema(account.system, projectId, channel.id);
  const writer = { ...account.system, projectId, channelId: channel.id };
  const row = fc.record({
    values: fc.record(Object.fromEntries(fields.map((field) => [field.key, anyValue(field)])), {
      requiredKeys: [],
    }),
    createdAt: fc.constantFrom(...INSTANTS.values()),
    updatedAt: fc.constantFrom(...INSTANTS.values()),
    names: fc.subarray(['Pay', "Bob's", '%']),
  });
  const sent = fc.sample(row, { numRuns: rows, seed });
  const made = await Promise.all(
    sent.map(async ({ values, createdAt, names }) => {
      for (const field of schema.fields) {
        if (Object.hasOwn(values, field.key))
          expect(checkFieldValue(field, values[field.key])).toBeUndefined();
      }
      const { result } = await app.server.app.get(FeedbackService).create(writer, {
        ...toStored(schema, values),
        dialect: 'user-feedback',
        createdAt: new Date(createdAt),
        issueNames: names,
      });
      return result;
    }),
  );
  const issues = new Map(
    (
      await app.query<{ id: number; name: string }>('select id, name from issue where project_id = $1', [
        projectId,
      ])
    ).map(({ id, name: issue }) => [id, issue] as const),
  );
  for (const [index, { updatedAt }] of sent.entries()) {
    await app.query('update feedback set updated_at = $2 where id = $1', [made[index], new Date(updatedAt)]);
  }
  const feedbacks = sent.map(({ values, names, createdAt, updatedAt }, index): PlainFeedback => ({
    id: made[index]!,
    createdAt,
    updatedAt,
    values: asShown(schema, values, createdAt),
    issues: new Map([...issues].filter(([, issue]) => names.includes(issue))),
  }));
  return { schema, feedbacks, issues };
}

/** The values as they are shown again: columns do not tell null from never said, and give dates in ISO form. */
function asShown(
  { fields }: ChannelSchema,
  sent: Readonly<Record<string, unknown>>,
  createdAt: number,
): Record<string, unknown> {
  const values: Record<string, unknown> = { ...sent };
  for (const { key, format, systemColumn } of fields) {
    if (systemColumn === null) continue;
    if (values[key] === null) delete values[key];
    if (format === 'date' && values[key] !== undefined) {
      values[key] = new Date(EVERY_INSTANT.get(values[key] as string)!).toISOString();
    }
    if (systemColumn === 'submitted_at') values[key] ??= new Date(createdAt).toISOString();
  }
  for (const value of Object.values(values)) {
    if (typeof value === 'string' && value.endsWith('Z'))
      EVERY_INSTANT.set(value, EVERY_INSTANT.get(value) ?? Date.parse(value));
  }
  return values;
}
