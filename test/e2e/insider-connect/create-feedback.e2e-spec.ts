import { AdminClient } from '#test/support/admin.js';
import { createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const ID = '982e7534-2f5b-4b41-a35b-0112ba17be14';
const CONSENT = { submittedByEmail: 'user@example.com', contactConsent: false };

interface Row {
  readonly project_id: number;
  readonly channel_id: number;
  readonly dialect: string;
  readonly fields: Record<string, unknown>;
  readonly sentiment: number | null;
  readonly contact_consent: boolean | null;
  readonly author_email: string;
  readonly author_email_normalized: string;
}

describe('POST /api/client/feedbacks', () => {
  const app = testApp();
  let client: SeededClient;
  let token: string;
  beforeEach(async () => {
    client = await app.seed.client();
    token = await tokenOf(app, client);
  });

  const rowOf = async (id: number) =>
    (await app.query<Row>('select * from feedback where id = $1', [id]))[0] as Row;
  const created = async (body: unknown): Promise<Row> => {
    const response = await createFeedback(app, token, body);
    expect(response.status).toBe(201);
    return rowOf((await envelope<number>(response)).data);
  };

  it('201 answers the id in the envelope', async () => {
    const response = await createFeedback(app, token, EXAMPLE);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const body = await envelope<number>(response);
    expect(body).toEqual({
      isSuccess: true,
      data: expect.any(Number),
      errors: null,
      requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
    expect(Number.isSafeInteger(body.data) && body.data > 0).toBe(true);
    expect(response.headers.get('location')).toBe(`/api/client/feedbacks/${body.data}`);
    expect(response.headers.get('x-request-id')).toBe(body.requestId);
  });

  it('writes what was said, with a new id each time, into the channel of the client', async () => {
    expect(await created(EXAMPLE)).toMatchObject({
      project_id: client.projectId,
      channel_id: client.channelId,
      dialect: 'insider-connect',
      fields: { description: EXAMPLE.description },
      sentiment: 1,
      contact_consent: true,
      author_email: 'user@example.com',
      author_email_normalized: 'user@example.com',
    });
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => (await envelope<number>(await createFeedback(app, token))).data),
    );
    expect(new Set(ids).size).toBe(20);
  });

  it.each([
    ['true', { sentimentRating: true }, 1],
    ['false', { sentimentRating: false }, -1],
    ['null', { sentimentRating: null }, null],
    ['absent', {}, null],
  ])('keeps a sentiment that is %s apart from the two others', async (_what, body, stored) => {
    expect((await created({ ...CONSENT, ...body })).sentiment).toBe(stored);
  });

  it('takes false for an answer to the question for consent', async () => {
    expect((await created(CONSENT)).contact_consent).toBe(false);
  });

  it.each([
    ['absent', {}],
    ['null', { description: null }],
    ['empty', { description: '' }],
  ])('stores no description when it is %s', async (_what, body) => {
    expect((await created({ ...CONSENT, ...body })).fields).toEqual({});
  });

  it('lets a caller set nothing but the four members', async () => {
    const row = await created({
      ...EXAMPLE,
      id: 7,
      projectId: 1,
      channelId: 1,
      accountId: ID,
      status: 'closed',
      createdAt: '2001-01-01T00:00:00Z',
      submittedAt: '2001-01-01T00:00:00Z',
      fields: { hidden: 'UNKNOWN-MEMBER' },
      dialect: 'other',
      labels: ['a'],
    });
    expect(JSON.stringify(row)).not.toMatch(/UNKNOWN-MEMBER|2001|closed|other/);
    expect(row).toMatchObject({ project_id: client.projectId, channel_id: client.channelId });
    expect(row).not.toMatchObject({ id: 7 });
  });

  it('409 once the project is archived, and nothing is written', async () => {
    const admin = await AdminClient.signIn(app, client.account.owner);
    await admin.json('PATCH', `/api/admin/projects/${client.projectId}`, { archived: true });
    await until(async () => (await createFeedback(app, token)).status === 409);
    const count = 'select count(*)::int as n from feedback where project_id = $1';
    const before = await app.query(count, [client.projectId]);
    const response = await createFeedback(app, token);
    expect(response.status).toBe(409);
    expect(await envelope(response)).toMatchObject({ isSuccess: false, data: null });
    expect(await app.query(count, [client.projectId])).toEqual(before);
  });

  describe('the request id', () => {
    it('is the caller\u2019s own when it is a UUID, on success and on failure, and in the log', async () => {
      const headers = { 'X-Request-Id': ID };
      for (const [body, status] of [[EXAMPLE, 201] as const, [{}, 400] as const]) {
        const response = await createFeedback(app, token, body, headers);
        expect(response.status).toBe(status);
        expect(response.headers.get('x-request-id')).toBe(ID);
        expect((await envelope(response)).requestId).toBe(ID);
      }
      await until(() => app.log.entries.filter(({ fields }) => fields['requestId'] === ID).length === 2);
    });

    it.each(['42', 'not-a-uuid', `${ID}0`, ''])('is a new UUID for %j', async (given) => {
      const { requestId } = await envelope(
        await createFeedback(app, token, EXAMPLE, { 'X-Request-Id': given }),
      );
      expect(requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    });
  });

  describe('the event', () => {
    it('tells of the feedback by ids alone', async () => {
      const { data: id } = await envelope<number>(await createFeedback(app, token));
      const events = await app.query<{ text: string }>(
        'select *, row_to_json(e)::text as text from event e where project_id = $1 and subject_id = $2',
        [client.projectId, String(id)],
      );
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        type: 'feedback.created',
        account_id: client.account.id,
        actor_kind: 'client',
        actor_id: client.clientId,
      });
      expect(events[0]!.text).not.toMatch(/example\.com|intuitive/);
    });

    it('is written with the feedback or neither of them is', async () => {
      await app.query(
        `alter table event add constraint nothing_goes check (type <> 'feedback.created') not valid`,
      );
      const response = await createFeedback(app, token);
      await app.query('alter table event drop constraint nothing_goes');
      expect(response.status).toBe(500);
      expect(await envelope(response)).toEqual({
        isSuccess: false,
        data: null,
        errors: ['Something went wrong on our side.'],
        requestId: expect.any(String),
      });
      expect(await app.query('select 1 from feedback where project_id = $1', [client.projectId])).toEqual([]);
    });
  });
});
