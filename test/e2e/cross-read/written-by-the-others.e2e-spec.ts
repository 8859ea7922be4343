import {
  clientBody,
  entry,
  sourceRow,
  TAG_ITEMS,
  TAGS,
  tagged,
} from '#test/support/cross-read-arbitraries.js';
import { CrossReadCases, lower, sent } from '#test/support/cross-read-cases.js';
import { CrossReadWorld, type Written } from '#test/support/cross-read.js';
import { FeelbackCaller } from '#test/support/feelback.js';
import { EXAMPLE as CLIENT_EXAMPLE } from '#test/support/insider-connect.js';
import { entryOf, EXAMPLE as ENTRY_EXAMPLE } from '#test/support/scoped-feedback.js';
import { EXAMPLE_ROWS, finished, push } from '#test/support/source-import.js';
import { testApp } from '#test/support/test-app.js';
import { isPlainEmail } from '#libs/platform/email/is-plain-email.js';

/** Kathmandu is 5:45 ahead of UTC, the whole year. */
const AHEAD = 5.75 * 3_600_000;

describe('one record', () => {
  const app = testApp({ WORKER: true });
  const cases = new CrossReadCases();
  let world: CrossReadWorld;

  beforeAll(async () => {
    world = await CrossReadWorld.make(app);
  });

  it('that insider-connect wrote is read through user-feedback and the inbox', async () => {
    await cases.each(clientBody, 6, [CLIENT_EXAMPLE], async (bodies) => {
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
    await cases.each(sourceRow, 4, EXAMPLE_ROWS, async (many) => {
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
    await cases.each(entry, 5, [{ scope, ...example }], async (bodies) => {
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
            // An empty one is none.
            body.category || null,
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
    await cases.each(tagged, 4, [example], async (many) => {
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

  it('was read 750 times', () => {
    expect(cases.count).toBeGreaterThanOrEqual(750);
  });
});
