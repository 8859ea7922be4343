import fc from 'fast-check';
import {
  clientBody,
  clientValues,
  entry,
  inboxValues,
  sourceRow,
  sourceValues,
  TAG_ITEMS,
  TAGS,
  tagged,
} from '#test/support/cross-read-arbitraries.js';
import { CrossReadWorld, type Values, type Written } from '#test/support/cross-read.js';
import { FeelbackCaller } from '#test/support/feelback.js';
import { EXAMPLE as CLIENT_EXAMPLE } from '#test/support/insider-connect.js';
import { entryOf, EXAMPLE as ENTRY_EXAMPLE } from '#test/support/scoped-feedback.js';
import { EXAMPLE_ROWS, finished, push } from '#test/support/source-import.js';
import { testApp } from '#test/support/test-app.js';
import { emailForms } from '#libs/platform/email/normalize-email.js';
import { isPlainEmail } from '#libs/platform/email/is-plain-email.js';

/** Feedback that is written at once. */
const MANY = 50;

let cases = 0;

/** Kathmandu is 5:45 ahead of UTC, the whole year. */
const AHEAD = 5.75 * 3_600_000;

/** Without what is undefined, as JSON is. */
function sent<T extends object>(values: T): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function lower(email: unknown): string | undefined {
  return typeof email === 'string' ? emailForms(email).shown : undefined;
}

/** Runs a property on lists of cases, the published examples first. */
async function each<T>(
  one: fc.Arbitrary<T>,
  runs: number,
  examples: readonly T[],
  property: (many: readonly T[]) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: MANY, maxLength: MANY }), (many) => {
      cases += many.length;
      return property(many);
    }),
    {
      numRuns: runs,
      endOnFailure: true,
      examples: examples.length > 0 ? [[[...examples]]] : [],
    },
  );
}

describe('one record', () => {
  const app = testApp({ WORKER: true });
  let world: CrossReadWorld;

  beforeAll(async () => {
    world = await CrossReadWorld.make(app);
  });

  it('that insider-connect wrote is read through user-feedback and the inbox', async () => {
    await each(clientBody, 6, [CLIENT_EXAMPLE], async (bodies) => {
      const written = await Promise.all(
        bodies.map(async (body): Promise<Written> => {
          const id = await world.insider<number>('', { method: 'POST', body: JSON.stringify(body) });
          const description = body.description || undefined;
          const email = lower(body.submittedByEmail.trim())!;
          const rating = body.sentimentRating ?? undefined;
          const sentiment = rating === undefined ? undefined : rating ? 1 : -1;
          expect(await world.insider(`/${id}`)).toEqual({
            id,
            description: description ?? null,
            submittedByEmail: email,
            sentimentRating: rating ?? null,
            contactConsent: body.contactConsent,
            createdAt: expect.stringMatching(/Z$/),
            attachments: [],
          });
          const { contactConsent } = body;
          return {
            id,
            values: sent({
              description,
              submittedByEmail: email,
              contactConsent,
              sentimentRating: sentiment,
            }),
            inbox: {
              dialect: 'insider-connect',
              author: { id: null, name: null, email, contactConsent },
              sentiment: sentiment ?? null,
            },
          };
        }),
      );
      await world.expectRead(world.channels.client, written);
    });
  });

  it('that source-import wrote is read through user-feedback and the inbox, with its own date', async () => {
    let count = 0;
    await each(sourceRow, 4, EXAMPLE_ROWS, async (many) => {
      const rows = many.map((row) => ({ ...row, content: `${row.content} #${++count}` }));
      const { imported } = await finished(app, world.source, await push(app, world.source, rows));
      expect(imported).toBe(rows.length);
      const stored = await app.query<{ id: number; content: string }>(
        `select id, fields->>'content' as content from feedback where channel_id = $1`,
        [world.channels.source.channelId],
      );
      const ids = new Map(stored.map(({ id, content }) => [content, id]));
      expect(stored).toHaveLength(count);
      const written = rows.map(({ date, name, content }): Written => {
        const said = new Date(Date.parse(`${date.replace(' ', 'T')}Z`) - AHEAD).toISOString();
        return {
          id: Number(ids.get(content)),
          values: sent({ content, name: name || undefined, date: said }),
          createdAt: said,
          inbox: {
            dialect: 'source-import',
            author: { id: null, name: name || null, email: null, contactConsent: null },
          },
        };
      });
      await world.expectRead(world.channels.source, written);
    });
  });

  it('that scoped-feedback wrote is read through user-feedback and the inbox', async () => {
    const example = { ...ENTRY_EXAMPLE, labels: [...ENTRY_EXAMPLE.labels], authorId: 'a-user' };
    const scope = { type: 'network' as const, id: 'a-network' };
    await each(entry, 5, [{ scope, ...example }], async (bodies) => {
      const written = await Promise.all(
        bodies.map(async (body): Promise<Written> => {
          const view = await entryOf(await world.owner.call('POST', '/v1/feedback', body), 201);
          // Of those that differ in case alone, the first.
          const given = (body.labels ?? []).map((label) => label.trim());
          const folded = given.map((label) => label.toLowerCase());
          const labels = given.filter((_, index) => folded.indexOf(folded[index]!) === index);
          const { type = 'GENERAL', severity = 'MEDIUM', authorId = world.owner.id } = body;
          const title = body.title.trim();
          const { description } = body;
          const [category, targetContext, targetUserId] = [
            body.category ?? null,
            body.targetContext ?? null,
            body.targetUserId ?? null,
          ];
          expect(view).toEqual({
            id: expect.stringMatching(/^\d+$/),
            scope: body.scope,
            type,
            title,
            description,
            category,
            targetContext,
            targetUserId,
            labels,
            severity,
            reporterId: authorId,
            reporterName: null,
            assignedUserId: null,
            assignedUserName: null,
            status: 'OPEN',
            resolutionNote: null,
            createdAt: view.createdAt,
            updatedAt: view.createdAt,
            acknowledgedAt: null,
            resolvedAt: null,
          });
          const values = { title, description, type, severity, labels, status: 'OPEN', reporterId: authorId };
          return {
            id: Number(view.id),
            values: sent({
              ...values,
              scopeType: body.scope.type,
              scopeId: body.scope.id ?? undefined,
              category: category ?? undefined,
              targetContext: targetContext ?? undefined,
              targetUserId: targetUserId ?? undefined,
            }),
            createdAt: view.createdAt,
            inbox: {
              dialect: 'scoped-feedback',
              author: { id: authorId, name: null, email: null, contactConsent: null },
              scope: body.scope,
              severity,
              labels,
              category,
            },
          };
        }),
      );
      await world.expectRead(world.channels.inbox, written);
    });
  });

  it("that user-feedback wrote into a client's channel is read by the client", async () => {
    await each(clientValues, 4, [], async (many) => {
      const written = await Promise.all(
        many.map(async (values): Promise<Written> => {
          const { id } = await world.call<{ id: number }>(world.channels.client, 'POST', '', values);
          const email = lower(values.submittedByEmail);
          expect(await world.insider(`/${id}`)).toEqual({
            id,
            description: values.description ?? null,
            submittedByEmail: email ?? null,
            // This API knows good and bad.
            sentimentRating: values.sentimentRating ? values.sentimentRating > 0 : null,
            contactConsent: values.contactConsent ?? null,
            createdAt: expect.stringMatching(/Z$/),
            attachments: [],
          });
          const { contactConsent = null, sentimentRating: sentiment = null } = values;
          return {
            id,
            values: sent({ ...values, submittedByEmail: email }),
            inbox: {
              dialect: 'user-feedback',
              author: { id: null, name: null, email: email ?? null, contactConsent },
              sentiment,
            },
          };
        }),
      );
      await world.expectRead(world.channels.client, written);
      const { items } = await world.insider<{ items: { id: number }[] }>(`?limit=${MANY}`);
      expect(new Set(items.map(({ id }) => id))).toEqual(new Set(written.map(({ id }) => id)));
    });
  });

  it("that user-feedback wrote into a source's channel is read in the inbox", async () => {
    await each(sourceValues, 2, [], async (many) => {
      const written = await Promise.all(
        many.map(async (values): Promise<Written> => {
          const { id } = await world.call<{ id: number }>(world.channels.source, 'POST', '', values);
          const { createdAt } = await world.call<{ createdAt: string }>(
            world.channels.source,
            'GET',
            `/${id}`,
          );
          const date = values.date ?? createdAt;
          return {
            id,
            values: sent({ ...values, date }),
            createdAt,
            inbox: {
              dialect: 'user-feedback',
              author: { id: null, name: values.name ?? null, email: null, contactConsent: null },
              submittedAt: date,
            },
          };
        }),
      );
      await world.expectRead(world.channels.source, written);
    });
  });

  it('that user-feedback wrote into the scoped inbox is read through scoped-feedback when it has a scope', async () => {
    await each(inboxValues, 4, [], async (many) => {
      const written = await Promise.all(
        many.map(async ({ scope, ...rest }): Promise<Written> => {
          const place = { scopeType: scope?.type, scopeId: scope?.id ?? undefined };
          const { id } = await world.call<{ id: number }>(world.channels.inbox, 'POST', '', {
            ...rest,
            ...place,
          });
          const status = rest.status ?? (scope && 'OPEN');
          const read = await world.owner.get(String(id));
          if (scope) {
            const view = {
              id: String(id),
              scope,
              type: rest.type ?? 'GENERAL',
              title: rest.title ?? '',
              description: rest.description ?? '',
              category: rest.category ?? null,
              targetContext: rest.targetContext ?? null,
              targetUserId: rest.targetUserId ?? null,
              reporterId: rest.reporterId ?? null,
              reporterName: null,
              assignedUserId: rest.assignedUserId ?? null,
              assignedUserName: null,
              labels: [],
              status,
              severity: rest.severity ?? 'MEDIUM',
              resolutionNote: rest.resolutionNote ?? null,
              createdAt: expect.stringMatching(/Z$/),
              updatedAt: expect.stringMatching(/Z$/),
              acknowledgedAt: null,
              resolvedAt: null,
            };
            expect(await entryOf(read)).toEqual(view);
            const { items } = await entryOf<{ items: Values[] }>(
              await world.owner.list(scope, { limit: '500', status: status! }),
            );
            expect(items).toContainEqual(view);
          } else expect(read.status).toBe(404);
          const { reporterId = null, assignedUserId = null, severity = null, category = null } = rest;
          return {
            id,
            values: sent({ ...rest, ...place, status }),
            inbox: {
              dialect: 'user-feedback',
              author: { id: reporterId, name: null, email: null, contactConsent: null },
              scope: scope ?? null,
              status: status ?? 'OPEN',
              assigneeId: assignedUserId,
              resolutionNote: rest.resolutionNote ?? null,
              severity,
              category,
            },
          };
        }),
      );
      await world.expectRead(world.channels.inbox, written);
    });
  });

  it.each([
    { scopeType: 'planet', scopeId: 'mars' },
    { scopeType: 'server' },
    { scopeType: 'server', scopeId: '' },
    { scopeType: 'global', scopeId: 'x' },
    { scopeId: 'x' },
    { status: 'BANANA' },
    { severity: 'low' },
  ])('is refused where scoped-feedback could not show it: %j', async (values) => {
    const { projectId, channelId, key } = world.channels.inbox;
    const response = await app.fetch(`/api/projects/${projectId}/channels/${channelId}/feedbacks`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify(values),
    });
    expect(response.status).toBe(400);
  });

  it('that feelback mirrors is read through user-feedback and the inbox', async () => {
    const { projectId, channelId } = world.channels.own;
    const set = await world.admin.json<{ id: string }>('POST', '/api/admin/content-sets', {
      projectId,
      key: 'talk',
      name: 'Talk',
      schema: 'tagged-message',
      config: { items: TAG_ITEMS },
      mirrorChannelId: channelId,
    });
    const anybody = new FeelbackCaller(app);
    const example = { tag: 'idea', message: 'More colours!', key: '/docs', user: 'user@example.com' };
    await each(tagged, 4, [example], async (many) => {
      const written = await Promise.all(
        many.map(async ({ tag, message, key, user }): Promise<Written> => {
          const { feelbackId } = await anybody.result<{ feelbackId: string }>('feelbacks/create', {
            contentSetId: set.id,
            key,
            value: { tag, message },
            ...(user !== undefined && { context: { $user: user } }),
          });
          const [row] = await app.query<{ id: number }>(
            'select feedback_id as id from feelback where id = $1',
            [feelbackId],
          );
          const sign = Math.sign((TAGS as Record<string, number>)[tag] ?? NaN);
          const email = isPlainEmail(user) ? lower(user)! : null;
          const isId = user !== undefined && email === null && user.length <= 128;
          return {
            id: row!.id,
            values: sent({ message: message?.trim() || undefined, tag, contentKey: key }),
            inbox: {
              dialect: 'feelback',
              author: { id: isId ? user : null, name: null, email, contactConsent: null },
              sentiment: Number.isNaN(sign) ? null : sign,
              labels: [tag.slice(0, 50)],
            },
          };
        }),
      );
      await world.expectRead(world.channels.own, written);
    });
  });

  it('was read a thousand times', () => {
    expect(cases).toBeGreaterThanOrEqual(1000);
  });
});
