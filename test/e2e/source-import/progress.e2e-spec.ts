import { ApiKeysService } from '#libs/auth/api-keys/api-keys.service.js';
import { JobQueue } from '#libs/platform/jobs/job-queue.js';
import { ImportRunner } from '#libs/import/import-runner.js';
import { ImportsService } from '#libs/import/imports.service.js';
import { Database } from '#libs/platform/database/database.js';
import { ImportBlocks1763800000013 } from '#libs/platform/database/migrations/1763800000013-import-blocks.js';
import type { SeededSource } from '#test/support/seed.js';
import {
  EXAMPLE_ROWS,
  type Progress,
  push,
  pushLines,
  readProgress,
  rowsOf,
  stored,
} from '#test/support/source-import.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

/** The worker is not there: rows wait until a test moves them. */
describe('an import', () => {
  const app = testApp({ WORKER: false });
  let source: SeededSource;

  beforeEach(async () => {
    source = await app.seed.source();
  });

  async function accepted(pushed: Promise<Response>): Promise<string> {
    const response = await pushed;
    expect(response.status).toBe(200);
    return response.headers.get('x-import-id')!;
  }

  const run = (id: string) =>
    app.server.app.get(ImportRunner, { strict: false }).run({ projectId: source.projectId, id });

  /** As if a rule of the table had become stricter since the rows were staged. */
  async function runRefusingPoison(id: string): Promise<void> {
    await app.query(
      `alter table feedback add constraint no_poison check (search_text <> 'poison') not valid`,
    );
    await run(id);
    await app.query('alter table feedback drop constraint no_poison');
  }

  const progress = async (id: string) => (await (await readProgress(app, source, id)).json()) as Progress;

  it('is durable with its job before it is acknowledged', async () => {
    const id = await accepted(push(app, source, EXAMPLE_ROWS));
    expect(await progress(id)).toMatchObject({ state: 'queued', received: 2, imported: 0, startedAt: null });
    const [job] = await app.query<{ data: unknown; state: string }>(
      `select data, state from pgboss.job where name = 'import-blocks' and data->>'id' = $1`,
      [id],
    );
    expect(job).toEqual({ data: { projectId: source.projectId, id }, state: 'created' });
    expect(
      await app.query('select number, count, done from import_block where import_id = $1', [id]),
    ).toEqual([{ number: 0, count: 2, done: 0 }]);
  });

  it('leaves no block behind, and does nothing when it is run again', async () => {
    const id = await accepted(pushLines(app, source, rowsOf(1_234)));
    await run(id);
    const end = await progress(id);
    expect(end).toMatchObject({ state: 'completed', received: 1_234, imported: 1_234 });
    await run(id);
    expect(await progress(id)).toEqual(end);
    expect(await app.query('select 1 from import_block where import_id = $1', [id])).toEqual([]);
  });

  it('tells those who watch, chunk by chunk and never backwards, and ends with its end', async () => {
    const id = await accepted(pushLines(app, source, rowsOf(2_600)));
    const watching = await readProgress(app, source, id, '/events');
    expect([watching.status, watching.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    const text = watching.text();
    await run(id);
    const events = (await text)
      .trimEnd()
      .split('\n\n')
      .filter((event) => !event.startsWith(':'));
    const told = events.map((event) => {
      expect(event).toMatch(/^event: progress\ndata: \{.*\}$/);
      return JSON.parse(event.slice(event.indexOf('{'))) as Progress;
    });
    const counts = told.map(({ imported }) => imported);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(told[0]).toMatchObject({ state: 'queued' });
    expect(told.at(-1)).toEqual(await progress(id));
    expect(told.length).toBeGreaterThan(2);
    const late = await (await readProgress(app, source, id, '/events')).text();
    expect(late.match(/event: progress/g)).toHaveLength(1);
  });

  it('may be watched by some at a time, and by others once they left', async () => {
    const id = await accepted(push(app, source, EXAMPLE_ROWS));
    const watchers = await Promise.all(
      Array.from({ length: 10 }, () => readProgress(app, source, id, '/events')),
    );
    expect(watchers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    const refused = await readProgress(app, source, id, '/events');
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    for (const watcher of watchers) await watcher.body!.cancel();
    await until(async () => {
      const again = await readProgress(app, source, id, '/events');
      await again.body!.cancel();
      return again.status === 200;
    });
    await run(id);
  });

  it('is told no more to those whose key is revoked while they watch', async () => {
    const id = await accepted(pushLines(app, source, rowsOf(2_600)));
    const watching = await readProgress(app, source, id, '/events');
    const { system } = source.account;
    const keys = app.server.app.get(ApiKeysService);
    for (const key of (await keys.page(system, {}, { limit: 10 })).items) await keys.revoke(system, key.id);
    await until(async () => (await readProgress(app, source, id)).status === 401);
    await run(id);
    const told = await watching.text();
    expect(told).toContain('"state":"queued"');
    expect(told).not.toMatch(/"state":"(running|completed)"/);
  });

  it('is there for the keys of its account that reach its source, and for no other', async () => {
    const id = await accepted(push(app, source, EXAMPLE_ROWS));
    const second = await app.seed.source({ account: source.account });
    const keyFor = (...sourceIds: string[]) =>
      app.seed.apiKey(source.account, { dialect: 'source-import', sourceIds });
    const stranger = await app.seed.source();
    const statuses = async (key: string) =>
      Promise.all(
        ['', '/errors', '/events'].map(async (leaf) => {
          const response = await readProgress(app, { key }, id, leaf);
          await response.body?.cancel();
          return response.status;
        }),
      );
    expect(await statuses(await keyFor(source.sourceId))).toEqual([200, 200, 200]);
    expect(await statuses(second.key)).toEqual([200, 200, 200]);
    expect(await statuses(await keyFor(second.sourceId))).toEqual([404, 404, 404]);
    expect(await statuses(stranger.key)).toEqual([404, 404, 404]);
  });

  it('leaves out a row that the database refuses, and takes all the others', async () => {
    const id = await accepted(pushLines(app, source, rowsOf(750)));
    await app.query(
      `update import_block set rows = replace(replace(rows, '"Row 3"', '"poison"'), '"Row 700"', '"poison"')
       where import_id = $1`,
      [id],
    );
    await runRefusingPoison(id);
    expect(await progress(id)).toMatchObject({
      state: 'completed_with_errors',
      imported: 748,
      rejected: 2,
      duplicates: 0,
    });
    const errors = await (await readProgress(app, source, id, '/errors')).text();
    expect(
      errors
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { row: 3, field: null, message: 'payload[3] could not be stored.' },
      { row: 700, field: null, message: 'payload[700] could not be stored.' },
    ]);
  });

  it('goes on in the middle of a block, and over rows that were left out', async () => {
    const rows: unknown[] = rowsOf(1_500);
    for (const bad of [0, 2, 999, 1_000, 1_499]) rows[bad] = 'not JSON';
    const id = await accepted(pushLines(app, source, rows, { query: { mode: 'partial' } }));
    await app.query(
      `update import_block set rows = replace(rows, '"Row 5"', '"poison"') where import_id = $1 and number = 0`,
      [id],
    );
    await runRefusingPoison(id);
    expect(await progress(id)).toMatchObject({
      state: 'completed_with_errors',
      received: 1_500,
      imported: 1_494,
      rejected: 6,
      duplicates: 0,
    });
    const again = await accepted(pushLines(app, source, rows, { query: { mode: 'partial' } }));
    await run(again);
    expect(await progress(again)).toMatchObject({ imported: 1, duplicates: 1_494, rejected: 5 });
  });

  it('survives the way to blocks and the way back: no row is lost or doubled', async () => {
    source = await app.seed.source({ timeZone: 'Europe/Berlin' });
    const rows: unknown[] = rowsOf(2_300);
    for (const bad of [5, 1_500]) rows[bad] = {};
    rows[6] = { date: '2024-07-08 00:29:00', name: '', content: 'Back\\slash, "quote" and 🦉\n' };
    const id = await accepted(pushLines(app, source, rows, { query: { mode: 'partial' } }));
    // As if a worker was killed in the middle of the first block.
    await app.query('update import_block set done = 3 where import_id = $1 and number = 0', [id]);
    await app.query('update import set imported = 3, next_row = 3 where id = $1', [id]);
    const [migration, runner] = [
      new ImportBlocks1763800000013(),
      app.server.app.get(Database, { strict: false }).source.createQueryRunner(),
    ];
    await migration.down(runner);
    const staged = await app.query<{ number: number }>(
      'select number from import_staged where import_id = $1 order by number',
      [id],
    );
    const numbers = Array.from({ length: 2_300 }, (_, number) => number);
    expect(staged.map(({ number }) => number)).toEqual(
      numbers.filter((number) => number >= 3 && number !== 5 && number !== 1_500),
    );
    await migration.up(runner);
    await runner.release();
    await run(id);
    expect(await progress(id)).toMatchObject({
      state: 'completed_with_errors',
      imported: 2_298,
      rejected: 2,
    });
    expect(await app.query('select 1 from import_staged where import_id = $1', [id])).toEqual([]);
    const found = await stored(app, source);
    expect(found).toHaveLength(2_295);
    expect(found.find(({ name }) => name === null)).toMatchObject({
      content: 'Back\\slash, "quote" and 🦉\n',
      createdAt: new Date('2024-07-07T22:29:00Z'),
    });
    const again = await accepted(pushLines(app, source, rows, { query: { mode: 'partial' } }));
    await run(again);
    expect(await progress(again)).toMatchObject({ imported: 3, duplicates: 2_295 });
    const dates = await app.query(
      `select 1 from import_row where source_id = $1 and original_date = '2024-07-08 00:29:00'`,
      [source.sourceId],
    );
    expect(dates).toHaveLength(1);
  });

  it('cannot be called completed by a worker that does not know blocks', async () => {
    const id = await accepted(push(app, source, EXAMPLE_ROWS));
    const completed = app.query(`update import set state = 'completed', next_row = received where id = $1`, [
      id,
    ]);
    await expect(completed).rejects.toThrow('import_completed_check');
    await run(id);
    expect(await progress(id)).toMatchObject({ state: 'completed', imported: 2 });
  });

  it('fails when it cannot go on at all, says so, and its rows are swept after a week', async () => {
    const id = await accepted(push(app, source, EXAMPLE_ROWS));
    await app.query('update import set failures = 29 where id = $1', [id]);
    await app.query('alter table import_row rename to import_row_away');
    await run(id);
    await app.query('alter table import_row_away rename to import_row');
    expect(await progress(id)).toMatchObject({
      state: 'failed',
      imported: 0,
      finishedAt: expect.any(String),
      error: expect.stringMatching(/operator/),
    });
    const [event] = await app.query<{ type: string }>('select type from event where subject_id = $1', [id]);
    expect(event).toEqual({ type: 'import.failed' });
    const imports = app.server.app.get(ImportsService, { strict: false });
    expect(await imports.sweep()).toBe(0);
    app.clock.advance(8 * 24 * 3_600_000);
    expect(await imports.sweep()).toBe(2);
    app.clock.reset();
  });

  it('is taken up at the next start of a worker, whatever became of its job', async () => {
    const ids = [
      await accepted(push(app, source, EXAMPLE_ROWS)),
      await accepted(pushLines(app, source, rowsOf(20))),
    ];
    await app.query(`delete from pgboss.job where name = 'import-blocks'`);
    await app.server.app.get(ImportRunner, { strict: false }).resume();
    for (const id of ids) expect(await progress(id)).toMatchObject({ state: 'completed' });
  });

  it('is not there when the queue does not take its job', async () => {
    const queue = app.server.app.get(JobQueue, { strict: false });
    const send = queue.send.bind(queue);
    queue.send = () => Promise.reject(new Error('The queue is full.'));
    expect((await push(app, source, EXAMPLE_ROWS)).status).toBe(500);
    queue.send = send;
    expect(await app.query('select 1 from import where source_id = $1', [source.sourceId])).toEqual([]);
  });
});
