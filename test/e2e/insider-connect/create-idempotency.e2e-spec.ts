import pg from 'pg';
import { createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

describe('POST /api/client/feedbacks with an Idempotency-Key', () => {
  const app = testApp();
  let client: SeededClient;
  let token: string;
  beforeEach(async () => {
    client = await app.seed.client();
    token = await tokenOf(app, client);
  });
  afterEach(() => app.clock.reset());

  const send = (key: string, body: unknown = EXAMPLE, as = token) =>
    createFeedback(app, as, body, { 'Idempotency-Key': key });
  const idOf = async (response: Response) => (await envelope<number>(response)).data;
  const rows = async () =>
    (await app.query('select 1 from feedback where project_id = $1', [client.projectId])).length;

  it('answers the same request the same again, and writes once', async () => {
    const first = await send('a key');
    expect(first.status).toBe(400);
    const [one, two] = [await send('a-key'), await send('a-key')];
    expect(one.status).toBe(201);
    expect(one.headers.get('idempotent-replayed')).toBeNull();
    expect(two.status).toBe(201);
    expect(two.headers.get('idempotent-replayed')).toBe('true');
    expect(two.headers.get('location')).toBe(one.headers.get('location'));
    const id = await idOf(one);
    const replay = await envelope<number>(two);
    expect(replay).toMatchObject({ isSuccess: true, data: id, errors: null });
    expect(replay.requestId).toBe(two.headers.get('x-request-id'));
    expect(await rows()).toBe(1);
  });

  it('takes the same members in another order for the same request', async () => {
    const id = await idOf(await send('order'));
    const reversed = Object.fromEntries(Object.entries(EXAMPLE).toReversed());
    const response = await send('order', reversed);
    expect(response.headers.get('idempotent-replayed')).toBe('true');
    expect(await idOf(response)).toBe(id);
  });

  it('422 for another body, and the first one stays what the key stands for', async () => {
    const id = await idOf(await send('other'));
    const response = await send('other', { ...EXAMPLE, contactConsent: false });
    expect(response.status).toBe(422);
    expect(await envelope(response)).toEqual({
      isSuccess: false,
      data: null,
      errors: [expect.any(String)],
      requestId: response.headers.get('x-request-id'),
    });
    expect(await idOf(await send('other'))).toBe(id);
    expect(await rows()).toBe(1);
  });

  it('is not used up by a request that failed', async () => {
    expect((await send('failed', {})).status).toBe(400);
    const response = await send('failed');
    expect(response.status).toBe(201);
    expect(response.headers.get('idempotent-replayed')).toBeNull();
  });

  it('is each client\u2019s own, of one account too', async () => {
    const sibling = await app.seed.client({ account: client.account, projectId: client.projectId });
    const id = await idOf(await send('mine'));
    const response = await send('mine', { ...EXAMPLE, contactConsent: false }, await tokenOf(app, sibling));
    expect(response.status).toBe(201);
    expect(response.headers.get('idempotent-replayed')).toBeNull();
    expect(await idOf(response)).not.toBe(id);
  });

  it('lives for 24 hours', async () => {
    const id = await idOf(await send('day'));
    app.clock.advance(24 * 3_600_000 - 60_000);
    expect(await idOf(await send('day', EXAMPLE, await tokenOf(app, client)))).toBe(id);
    app.clock.advance(120_000);
    const late = await send('day', EXAMPLE, await tokenOf(app, client));
    expect(late.status).toBe(201);
    expect(late.headers.get('idempotent-replayed')).toBeNull();
    expect(await idOf(late)).not.toBe(id);
  });

  it('409 with Retry-After while the first request is in flight, which then succeeds', async () => {
    const other = new pg.Client({ connectionString: app.databaseUrl });
    await other.connect();
    try {
      await other.query('begin; lock table feedback in share mode');
      const first = send('flight');
      await until(
        async () =>
          (await other.query(`select 1 from pg_locks where relation = 'feedback'::regclass and not granted`))
            .rowCount! > 0,
      );
      for (const body of [EXAMPLE, { ...EXAMPLE, contactConsent: false }]) {
        const second = await send('flight', body);
        expect(second.status).toBe(409);
        expect(Number(second.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
        expect((await envelope(second)).errors).toHaveLength(1);
      }
      await other.query('commit');
      expect((await first).status).toBe(201);
    } finally {
      await other.end();
    }
    expect((await send('flight')).headers.get('idempotent-replayed')).toBe('true');
    expect(await rows()).toBe(1);
  });

  it('writes once, however many send it at once', async () => {
    const responses = await Promise.all(Array.from({ length: 20 }, () => send('crowd')));
    const statuses = new Set(responses.map(({ status }) => status));
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
    expect(statuses.has(201)).toBe(true);
    expect(await rows()).toBe(1);
  });

  it.each(['', ' ', 'two words', '\u00fc', 'x'.repeat(256)])('400 for the key %.20j', async (key) => {
    const response = await send(key);
    expect(response.status).toBe(400);
    expect(await rows()).toBe(0);
  });

  it.each(['x', '"quoted"', 'x'.repeat(255)])('takes the key %.20j', async (key) => {
    expect((await send(key)).status).toBe(201);
    expect((await send(key)).headers.get('idempotent-replayed')).toBe('true');
  });

  it('is not kept as it was sent', async () => {
    await send('a-visible-key');
    const kept = await app.query<{ text: string }>(
      'select row_to_json(k)::text as text from idempotency_key k',
    );
    expect(kept.length).toBeGreaterThan(0);
    for (const { text } of kept) expect(text).not.toMatch(/a-visible-key|example\.com/);
  });
});
