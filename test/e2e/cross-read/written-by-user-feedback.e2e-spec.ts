import { clientValues, inboxValues, sourceValues } from '#test/support/cross-read-arbitraries.js';
import { CrossReadCases, lower, sent } from '#test/support/cross-read-cases.js';
import { CrossReadWorld, type Values, type Written } from '#test/support/cross-read.js';
import { entryOf } from '#test/support/scoped-feedback.js';
import { testApp } from '#test/support/test-app.js';

describe('one record', () => {
  const app = testApp({ WORKER: true });
  const cases = new CrossReadCases();
  let world: CrossReadWorld;

  beforeAll(async () => {
    world = await CrossReadWorld.make(app);
  });

  it("that user-feedback wrote into a client's channel is read by the client", async () => {
    await cases.each(clientValues, 4, [], async (many) => {
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
      const { items } = await world.insider<{ items: { id: number }[] }>(`?limit=${CrossReadCases.AT_ONCE}`);
      expect(new Set(items.map(({ id }) => id))).toEqual(new Set(written.map(({ id }) => id)));
    });
  });

  it("that user-feedback wrote into a source's channel is read in the inbox", async () => {
    await cases.each(sourceValues, 2, [], async (many) => {
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
    await cases.each(inboxValues, 4, [], async (many) => {
      const written = await Promise.all(
        many.map(async ({ scope, ...values }): Promise<Written> => {
          // An empty category is none.
          const rest = { ...values, category: values.category || undefined };
          const place = { scopeType: scope?.type, scopeId: scope?.id ?? undefined };
          const { id } = await world.call<{ id: number }>(world.channels.inbox, 'POST', '', {
            ...values,
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

  it('was read 500 times', () => {
    expect(cases.count).toBeGreaterThanOrEqual(500);
  });
});
