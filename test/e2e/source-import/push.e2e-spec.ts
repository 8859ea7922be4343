import type { SeededSource } from '#test/support/seed.js';
import {
  EXAMPLE_ROWS,
  finished,
  PATH,
  push,
  pushBody,
  pushLines,
  readProgress,
  rowsOf,
  stored,
} from '#test/support/source-import.js';
import { testApp } from '#test/support/test-app.js';

const ROW = EXAMPLE_ROWS[0];

describe('POST /api/v1/source/import', () => {
  const app = testApp({ WORKER: true });
  let source: SeededSource;

  beforeEach(async () => {
    source = await app.seed.source();
  });

  it('answers the published example with its one sentence, and where the progress is', async () => {
    const response = await push(app, source, EXAMPLE_ROWS);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ message: 'REST import started successfully' });
    const id = response.headers.get('x-import-id')!;
    expect(response.headers.get('location')).toBe(`${PATH}/${id}`);
    expect(await finished(app, source, response)).toEqual({
      id,
      sourceId: source.sourceId,
      state: 'completed',
      received: 2,
      imported: 2,
      duplicates: 0,
      rejected: 0,
      masked: 0,
      createdAt: expect.stringMatching(/Z$/),
      startedAt: expect.stringMatching(/Z$/),
      finishedAt: expect.stringMatching(/Z$/),
      error: null,
    });
    const said = new Date('2024-03-08T00:29:00Z');
    expect(await stored(app, source)).toEqual(
      EXAMPLE_ROWS.map(({ name, content }) => ({ content, name, createdAt: said, submittedAt: said })),
    );
  });

  it('writes rows that look like all other feedback, and one event for the whole', async () => {
    const pushed = await push(app, source, rowsOf(30));
    await finished(app, source, pushed);
    const [row] = await app.query(
      `select dialect, fields, search_text, status, sentiment, updated_at > created_at as later from feedback
       where channel_id = $1 and author_name = 'User 7'`,
      [source.channelId],
    );
    expect(row).toEqual({
      dialect: 'source-import',
      fields: { content: 'Row 7' },
      search_text: 'Row 7',
      status: null,
      sentiment: null,
      later: true,
    });
    const events = await app.query<object>(
      `select type, subject_id, data from event where project_id = $1 and type like 'import%'`,
      [source.projectId],
    );
    expect(events).toEqual([
      {
        type: 'import.completed',
        subject_id: pushed.headers.get('x-import-id'),
        data: { sourceId: source.sourceId, state: 'completed' },
      },
    ]);
    const ids = await app.query<{ id: number }>('select id from feedback where channel_id = $1', [
      source.channelId,
    ]);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(30);
  });

  it('adds nothing when the same rows are sent again, in whatever format', async () => {
    await finished(app, source, await push(app, source, rowsOf(40)));
    for (const again of [await push(app, source, rowsOf(40)), await pushLines(app, source, rowsOf(40))]) {
      expect(await again.clone().json()).toEqual({ message: 'REST import started successfully' });
      expect(await finished(app, source, again)).toMatchObject({ received: 40, imported: 0, duplicates: 40 });
    }
    expect(await stored(app, source)).toHaveLength(40);
    // The same rows are new to another source.
    const other = await app.seed.source({ account: source.account });
    expect(await finished(app, other, await push(app, other, rowsOf(40)))).toMatchObject({ imported: 40 });
  });

  it('does not bring back what was erased', async () => {
    await finished(app, source, await push(app, source, EXAMPLE_ROWS));
    await app.query('delete from feedback where channel_id = $1', [source.channelId]);
    await finished(app, source, await push(app, source, EXAMPLE_ROWS));
    expect(await stored(app, source)).toEqual([]);
  });

  it('keeps identical rows of one payload, all of them, and only once', async () => {
    const rows = [ROW, ROW, ROW, EXAMPLE_ROWS[1]];
    expect(await finished(app, source, await push(app, source, rows))).toMatchObject({ imported: 4 });
    const again = await finished(app, source, await push(app, source, rows.toReversed()));
    expect(again).toMatchObject({ imported: 0, duplicates: 4 });
    const more = await finished(app, source, await push(app, source, [...rows, ROW]));
    expect(more).toMatchObject({ imported: 1, duplicates: 4 });
  });

  it('lets the sender say which one of identical rows it is, and what the id of a row is', async () => {
    await finished(app, source, await push(app, source, [ROW]));
    const second = { ...ROW, occurrence: 2 };
    expect(await finished(app, source, await push(app, source, [second]))).toMatchObject({ imported: 1 });
    expect(await finished(app, source, await push(app, source, [ROW, ROW]))).toMatchObject({ duplicates: 2 });
    const named = [
      { ...ROW, external_id: 'a' },
      { ...ROW, external_id: 'b' },
      { ...ROW, content: 'Edited since', external_id: 'a' },
    ];
    const ids = await finished(app, source, await push(app, source, named));
    expect(ids).toMatchObject({ imported: 2, duplicates: 1 });
    const unsaid = [{ ...ROW, external_id: null, occurrence: null }];
    expect(await finished(app, source, await push(app, source, unsaid))).toMatchObject({ duplicates: 1 });
  });

  it('loses no row and doubles none when the same rows come several times at once', async () => {
    const pushed = await Promise.all(Array.from({ length: 4 }, () => pushLines(app, source, rowsOf(1_200))));
    const ends = await Promise.all(pushed.map((response) => finished(app, source, response)));
    expect(ends.reduce((sum, { imported }) => sum + imported, 0)).toBe(1_200);
    expect(ends.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(3_600);
    expect(await stored(app, source)).toHaveLength(1_200);
    expect(await app.query('select 1 from import_block')).toEqual([]);
  });

  it.each([
    ['the source after the rows', (id: string, rows: string) => `{"payload":${rows},"source_id":"${id}"}`],
    ['white space', (id: string, rows: string) => ` \n{ "source_id" : "${id}" ,\t"payload" : ${rows} }\r\n `],
    ['a byte order mark', (id: string, rows: string) => `\ufeff{"source_id":"${id}","payload":${rows}}`],
    [
      'names that came before: the last one wins',
      (id: string, rows: string) =>
        `{"source_id":"x","payload":[{"date":1}],"payload":7,"payload":${rows},"source_id":"${id}"}`,
    ],
    [
      'members that nobody knows, prototypes among them',
      (id: string, rows: string) =>
        `{"__proto__":{"source_id":"y"},"more":[[{"payload":[1]}]],"source_id":"${id}","constructor":null,"payload":${rows}}`,
    ],
  ])('reads a body with %s', async (_, body) => {
    const rows = JSON.stringify(EXAMPLE_ROWS);
    const end = await finished(app, source, await pushBody(app, source.key, body(source.sourceId, rows)));
    expect(end).toMatchObject({ received: 2, imported: 2 });
  });

  it('takes the last of members with one name inside a row, too, and ignores unknown ones', async () => {
    const row =
      '{"date":"x","date":"2024-03-08 00:29:00","name":"","extra":{"a":[1,2]},"__proto__":{"name":"P"},"content":"C"}';
    await finished(
      app,
      source,
      await pushBody(app, source.key, `{"source_id":"${source.sourceId}","payload":[${row}]}`),
    );
    await finished(app, source, await pushLines(app, source, [row.replace('"C"', '"D"'), '', '\r']));
    const [first, second] = await stored(app, source);
    expect([first, second]).toMatchObject([
      { content: 'C', name: null },
      { content: 'D', name: null },
    ]);
  });

  it('stores text exactly as it was sent', async () => {
    const content = 'Tab\t, new\nline\r, back\\slash, \\N, \\., "quotes", 🦉, ünïcödé, \u2028, %s $1';
    await finished(app, source, await push(app, source, [{ ...ROW, name: '\\N', content }]));
    expect(await stored(app, source)).toMatchObject([{ content, name: '\\N' }]);
  });

  it('reads dates in the time zone of the source', async () => {
    const berlin = await app.seed.source({ account: source.account, timeZone: 'Europe/Berlin' });
    await finished(app, berlin, await push(app, berlin, [ROW]));
    expect((await stored(app, berlin))[0]!.submittedAt).toEqual(new Date('2024-03-07T23:29:00Z'));
    const gap = await push(app, berlin, [ROW, { ...ROW, date: '2024-03-31 02:30:00' }]);
    expect(gap.status).toBe(400);
    expect(((await gap.json()) as { message: string }).message).toContain('payload[1].date');
  });

  describe('with an Idempotency-Key', () => {
    it('answers the same import again, and refuses other rows', async () => {
      const headers = { 'Idempotency-Key': 'k1' };
      const first = await push(app, source, EXAMPLE_ROWS, headers);
      const again = await push(app, source, EXAMPLE_ROWS, headers);
      expect(again.headers.get('x-import-id')).toBe(first.headers.get('x-import-id'));
      expect([first, again].map((response) => response.headers.get('idempotent-replayed'))).toEqual([
        null,
        'true',
      ]);
      expect(await again.json()).toEqual({ message: 'REST import started successfully' });
      const other = await push(app, source, [ROW], headers);
      expect([other.status, await other.json()]).toEqual([422, { message: expect.any(String) }]);
      expect(await app.query('select 1 from import where source_id = $1', [source.sourceId])).toHaveLength(1);
    });

    it('makes one import of requests that come at once', async () => {
      const headers = { 'Idempotency-Key': 'k2' };
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => push(app, source, rowsOf(200), headers)),
      );
      expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(true);
      expect(await app.query('select 1 from import where source_id = $1', [source.sourceId])).toHaveLength(1);
    });
  });

  describe('with mode=partial', () => {
    it('takes the good rows, and lists what is wrong with the others', async () => {
      const rows = [ROW, { ...ROW, date: 'x', name: 1 }, 7, EXAMPLE_ROWS[1], '{'];
      const pushed = await pushLines(app, source, rows, { query: { mode: 'partial' } });
      expect(await finished(app, source, pushed)).toMatchObject({
        state: 'completed_with_errors',
        received: 5,
        imported: 2,
        rejected: 3,
      });
      const listed = await readProgress(app, source, pushed.headers.get('x-import-id')!, '/errors');
      expect(listed.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
      const lines = (await listed.text()).trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
        { row: 1, field: 'date', message: expect.stringContaining('payload[1].date must') },
        { row: 1, field: 'name', message: 'payload[1].name must be a string.' },
        { row: 2, field: null, message: 'payload[2] must be an object.' },
        { row: 4, field: null, message: 'payload[4] is not valid JSON.' },
      ]);
    });

    it('ends at once when no row is good', async () => {
      const pushed = await pushLines(app, source, [{}], { query: { mode: 'partial' } });
      expect(await finished(app, source, pushed)).toMatchObject({ imported: 0, rejected: 1 });
    });
  });

  it('replaces personal data before anything reaches the database, and counts it', async () => {
    const rows = [
      { ...ROW, name: 'ada@example.com', content: 'Call +49 30 1234567 or write to ada@example.com' },
      { ...ROW, name: 'Ada', content: 'IBAN DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111' },
    ];
    const masked = await app.seed.source({ account: source.account, sensitivity: 'mask' });
    expect(await finished(app, masked, await push(app, masked, rows))).toMatchObject({ masked: 5 });
    expect((await stored(app, masked)).map(({ name, content }) => [name, content])).toEqual([
      ['[email]', 'Call [phone] or write to [email]'],
      ['Ada', 'IBAN [iban], card [card]'],
    ]);
    const nameless = await app.seed.source({ account: source.account, sensitivity: 'drop-name' });
    expect(await finished(app, nameless, await push(app, nameless, rows))).toMatchObject({ masked: 4 });
    expect((await stored(app, nameless)).map(({ name }) => name)).toEqual([null, null]);
    await finished(app, source, await push(app, source, rows));
    expect((await stored(app, source)).map(({ name }) => name)).toEqual(['ada@example.com', 'Ada']);
    // What is masked differs still: rows that look alike afterwards are not taken for one.
    for (const content of ['+49 30 1111111', '+49 30 2222222']) {
      const pushed = await push(app, masked, [{ ...ROW, content }]);
      expect(await finished(app, masked, pushed)).toMatchObject({ imported: 1 });
    }
  });

  it('stores a name that masking made longer than a name may be', async () => {
    const masked = await app.seed.source({ account: source.account, sensitivity: 'mask' });
    const name = 'a@b.co '.repeat(36).trim();
    expect(await finished(app, masked, await push(app, masked, [{ ...ROW, name }]))).toMatchObject({
      imported: 1,
      masked: 36,
    });
  });
});
