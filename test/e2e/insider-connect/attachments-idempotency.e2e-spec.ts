import pg from 'pg';
import { pdfFile, pngFile } from '#test/support/files.js';
import { attach, createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { fileTraces } from '#test/support/stored-files.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const png = { name: 'a.png', type: 'image/png', content: pngFile() };
const pdf = { name: 'b.pdf', type: 'application/pdf', content: pdfFile() };

describe('POST .../attachments with an Idempotency-Key', () => {
  const app = testApp();
  let token: string;
  let id: number;
  beforeEach(async () => {
    token = await tokenOf(app, await app.seed.client());
    id = (await envelope<number>(await createFeedback(app, token))).data;
  });
  const send = (key: string, files = [png, pdf], feedbackId = id) =>
    attach(app, token, feedbackId, files, { 'Idempotency-Key': key });
  const attachments = async () =>
    (await app.query('select 1 from attachment where feedback_id = $1', [id])).length;

  it('attaches once, and answers the same id again', async () => {
    const first = await send('once');
    expect(first.status).toBe(200);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const before = await fileTraces(app);
    const second = await send('once');
    expect(second.status).toBe(200);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const [one, two] = [await envelope<number>(first), await envelope<number>(second)];
    expect(two.data).toBe(one.data);
    expect(two.requestId).toBe(second.headers.get('x-request-id'));
    expect(await fileTraces(app)).toEqual(before);
    expect(await attachments()).toBe(2);
  });

  it.each([
    ['other files', () => send('other', [pdf])],
    ['the same files in another order', () => send('other', [pdf, png])],
    ['another name', () => send('other', [{ ...png, name: 'c.png' }, pdf])],
    [
      'another feedback',
      async () => send('other', [png, pdf], (await envelope<number>(await createFeedback(app, token))).data),
    ],
    ['another kind of request', () => createFeedback(app, token, EXAMPLE, { 'Idempotency-Key': 'other' })],
  ])('422 for %s, and nothing is written', async (_what, again) => {
    expect((await send('other')).status).toBe(200);
    const before = await fileTraces(app);
    const response = await again();
    expect(response.status).toBe(422);
    expect(await envelope(response)).toMatchObject({ isSuccess: false, data: null });
    expect(await fileTraces(app)).toEqual(before);
  });

  it('is not used up by a request that failed', async () => {
    expect((await send('failed', [{ ...png, name: 'a.exe' }])).status).toBe(400);
    const response = await send('failed');
    expect(response.status).toBe(200);
    expect(response.headers.get('idempotent-replayed')).toBeNull();
  });

  it('409 while the first request is in flight, of which nothing stays', async () => {
    const other = new pg.Client({ connectionString: app.databaseUrl });
    await other.connect();
    try {
      await other.query('begin; lock table attachment in share mode');
      const first = send('flight');
      await until(
        async () =>
          (
            await other.query(
              `select 1 from pg_locks where relation = 'attachment'::regclass and not granted`,
            )
          ).rowCount! > 0,
      );
      const before = await fileTraces(app);
      const second = await send('flight');
      expect(second.status).toBe(409);
      expect(Number(second.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(await fileTraces(app)).toEqual(before);
      await other.query('commit');
      expect((await first).status).toBe(200);
    } finally {
      await other.end();
    }
    expect(await attachments()).toBe(2);
  });
});
