import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { AdminClient } from '#test/support/admin.js';
import type { SeededSource } from '#test/support/seed.js';
import {
  EXAMPLE_ROWS,
  failure,
  PATH,
  push,
  pushBody,
  pushLines,
  readProgress,
  rowsOf,
} from '#test/support/source-import.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const ROW = EXAMPLE_ROWS[0];

describe('POST /api/v1/source/import refuses', () => {
  const app = testApp({ IMPORT_MAX_ROWS: 1_000, IMPORT_MAX_BYTES: 3_000_000 });
  let source: SeededSource;
  let admin: AdminClient;

  beforeAll(async () => {
    source = await app.seed.source();
    admin = await AdminClient.signIn(app, source.account.owner);
  });

  afterEach(async () => {
    const [left] = await app.query(
      `select (select count(*) from import)::int as imports, (select count(*) from import_block)::int as rows,
         (select count(*) from import_error)::int as errors, (select count(*) from idempotency_key)::int as keys,
         (select count(*) from pgboss.job where name = 'import-blocks')::int as jobs`,
    );
    expect(left).toEqual({ imports: 0, rows: 0, errors: 0, keys: 0, jobs: 0 });
    await until(async () => (await spooled()).length === 0);
  });

  async function spooled(): Promise<string[]> {
    return readdir(join(app.dataDir, 'spool')).catch(() => []);
  }

  describe('with 400, and names the row and the member,', () => {
    it.each([
      [[ROW, { ...ROW, date: '2024-03-08T00:29:00Z' }], 'payload[1].date'],
      [[ROW, { ...ROW, date: '2024-02-30 00:00:00' }], 'payload[1].date'],
      [[{ ...ROW, date: undefined }], 'payload[0].date'],
      [[ROW, ROW, { ...ROW, name: null }], 'payload[2].name'],
      [[{ ...ROW, name: 'x'.repeat(256) }], 'payload[0].name'],
      [[{ ...ROW, content: '  ' }], 'payload[0].content'],
      [[{ ...ROW, content: 'a\0b' }], 'payload[0].content'],
      [[{ ...ROW, external_id: '' }], 'payload[0].external_id'],
      [[{ ...ROW, occurrence: -1 }], 'payload[0].occurrence'],
      [[ROW, 'text'], 'payload[1]'],
      [[ROW, [ROW]], 'payload[1]'],
      [[ROW, null], 'payload[1]'],
      [[{ ...ROW, more: 'a\0b' }], 'payload[0]'],
    ])('%j', async (rows, field) => {
      for (const response of [await push(app, source, rows), await pushLines(app, source, rows)]) {
        const { status, message, errors } = await failure(response);
        expect([status, message.startsWith(`${field} `), errors?.[0]?.field]).toEqual([400, true, field]);
      }
    });

    it('a hundred of them at the most, however many there are', async () => {
      const rows = [...rowsOf(500), ...Array.from({ length: 400 }, () => ({ ...ROW, date: 'x' }))];
      const { status, message, errors } = await failure(await push(app, source, rows));
      expect([status, message, errors!.length]).toEqual([
        400,
        expect.stringMatching(/^payload\[500\]\.date /),
        100,
      ]);
    });

    it('an unpaired surrogate', async () => {
      const body = `{"source_id":"${source.sourceId}","payload":[{"date":"${ROW.date}","name":"a","content":"\\ud800"}]}`;
      expect(await failure(await pushBody(app, source.key, body))).toMatchObject({
        status: 400,
        errors: [{ field: 'payload[0].content' }],
      });
    });
  });

  it.each([
    ['', 'not valid JSON'],
    ['{', 'not valid JSON'],
    ['[]', 'must be a JSON object'],
    ['"text"', 'must be a JSON object'],
    ['{"payload":[]}', 'source_id is required'],
    ['{"source_id":7,"payload":[]}', 'source_id must be a string'],
    ['{"source_id":"","payload":[]}', 'source_id must not be empty'],
    [`{"source_id":"${'x'.repeat(256)}","payload":[]}`, 'source_id must be at most'],
    ['{"source_id":"ID"}', 'payload is required'],
    ['{"source_id":"ID","payload":{}}', 'payload must be an array'],
    ['{"source_id":"ID","payload":null}', 'payload must be an array'],
    ['{"source_id":"ID","payload":[]}', 'At least one row'],
    ['{"source_id":"ID","payload":[ROW,]}', 'not valid JSON'],
    ['{"source_id":"ID","payload":[ROW ROW]}', 'not valid JSON'],
    ['{"source_id":"ID","payload":[ROW]', 'not valid JSON'],
    ['{"source_id":"ID","payload":[ROW]}}', 'not valid JSON'],
    ['{"source_id":"ID","payload":[ROW]} x', 'not valid JSON'],
    ["{'source_id':'ID'}", 'not valid JSON'],
    ['{"source_id":"ID","payload":[ROW],"a":1e999}', 'out of range'],
    ['{"source_id":"ID","payload":[ROW],"a":"\\u0000"}', 'NUL'],
    [`{"source_id":"ID","payload":[ROW],"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'nested deeper'],
    [`{"source_id":"ID","payload":[ROW,${'['.repeat(40)}${']'.repeat(40)}]}`, 'nested deeper'],
    [`{"source_id":"ID","payload":[ROW],"a":"${'x'.repeat(1_500_000)}"}`, 'more than 1048576 bytes'],
    [`{"source_id":"ID","payload":[{"a":[${'1,'.repeat(700_000)}1]}]}`, 'more than 1048576 bytes'],
  ])('with 400 a body that is wrong as a whole (%#)', async (template, message) => {
    const body = template.replaceAll('ID', source.sourceId).replaceAll('ROW', JSON.stringify(ROW));
    const answer = await failure(await pushBody(app, source.key, body));
    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(message) });
  });

  it('with 400 bytes that are not UTF-8, and lines that never end', async () => {
    const head = Buffer.from(`{"source_id":"${source.sourceId}","payload":[{"date":"${ROW.date}","name":"`);
    const bad = new Uint8Array(Buffer.concat([head, Buffer.from([0xff]), Buffer.from('","content":"x"}]}')]));
    expect((await failure(await pushBody(app, source.key, bad))).message).toContain('UTF-8');
    const long = `{"date":"${'x'.repeat(1_500_000)}`;
    expect((await failure(await pushLines(app, source, [long]))).message).toContain('longer than');
    expect(await failure(await pushLines(app, source, []))).toMatchObject({ status: 400 });
    expect(await failure(await pushLines(app, source, [ROW], { query: { mode: 'some' } }))).toMatchObject({
      status: 400,
    });
    const key = { 'Idempotency-Key': 'with blank' };
    expect(await failure(await push(app, source, [ROW], key))).toMatchObject({ status: 400 });
  });

  it('with 401 and a challenge who has no good key', async () => {
    const other = await app.seed.apiKey(source.account, { dialect: 'feelback' });
    const missing = await app.fetch(PATH, { method: 'POST' });
    expect(await failure(missing)).toEqual({ status: 401, message: 'The header X-API-KEY is missing.' });
    for (const key of ['garbage', other, `${source.key}x`, source.key.toUpperCase(), '']) {
      const response = await push(app, { ...source, key }, [ROW]);
      expect(response.headers.get('www-authenticate')).toBe('ApiKey realm="import"');
      expect(await failure(response)).toEqual({ status: 401, message: 'The API key is not valid.' });
    }
  });

  it('with 401 a key that was revoked or has expired', async () => {
    const create = (more = {}) =>
      admin.json<{ id: string; key: string }>('POST', '/api/admin/api-keys', {
        dialect: 'source-import',
        name: 'Short',
        ...more,
      });
    const [revoked, expired] = [
      await create(),
      await create({ expiresAt: new Date(app.clock.now().getTime() + 60_000).toISOString() }),
    ];
    for (const { key } of [revoked, expired]) {
      expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect((await push(app, { ...source, key }, [])).status).toBe(400);
    }
    await admin.call('DELETE', `/api/admin/api-keys/${revoked.id}`);
    await until(async () => (await push(app, { ...source, key: revoked.key }, [])).status === 401);
    app.clock.advance(61_000);
    expect((await push(app, { ...source, key: expired.key }, [])).status).toBe(401);
    app.clock.reset();
  });

  it('with the same 404 a source that is unknown, of another account, or out of the reach of the key', async () => {
    const stranger = await app.seed.source();
    const second = await app.seed.source({ account: source.account });
    const narrow = await app.seed.apiKey(source.account, {
      dialect: 'source-import',
      sourceIds: [second.sourceId],
    });
    const targets = [
      { ...source, sourceId: stranger.sourceId },
      { ...source, sourceId: 'no-such-source' },
      { ...source, sourceId: '00000000-0000-7000-8000-000000000000' },
      { ...source, key: narrow },
    ];
    for (const target of targets) {
      for (const response of [await push(app, target, [ROW]), await pushLines(app, target, [ROW])]) {
        expect(await failure(response)).toEqual({ status: 404, message: 'Source not found' });
      }
    }
    expect((await push(app, { ...second, key: narrow }, [])).status).toBe(400);
  });

  it('with a precise 400 a source that is disabled or archived, and with 409 an archived project', async () => {
    const own = await app.seed.source({ account: source.account });
    const path = `/api/admin/sources/${own.sourceId}`;
    await admin.json('PATCH', path, { enabled: false });
    expect(await failure(await push(app, own, [ROW]))).toMatchObject({
      status: 400,
      message: expect.stringContaining('disabled'),
    });
    await admin.json('PATCH', path, { enabled: true, archived: true });
    expect(await failure(await push(app, own, [ROW]))).toMatchObject({
      status: 400,
      message: expect.stringContaining('archived'),
    });
    await admin.json('PATCH', path, { archived: false });
    await admin.json('PATCH', `/api/admin/projects/${own.projectId}`, { archived: true });
    await until(async () => (await push(app, own, [ROW])).status === 409);
  });

  it('with 413 too many rows, and a body that is too large, announced or not', async () => {
    expect((await push(app, source, rowsOf(1_001))).status).toBe(413);
    const large = JSON.stringify({ source_id: source.sourceId, payload: [], more: 'x'.repeat(3_000_001) });
    expect(await failure(await pushBody(app, source.key, large))).toMatchObject({ status: 413 });
    const stream = new Blob([large]).stream();
    const response = await app.fetch(PATH, {
      method: 'POST',
      headers: { 'X-API-KEY': source.key, 'Content-Type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(await failure(response)).toMatchObject({ status: 413 });
  });

  it('what is wrong late in a large body, when rows before it are on their way already', async () => {
    const large = rowsOf(900, 'x'.repeat(2_000));
    const bad = { ...ROW, date: 'x' };
    const [ends, cut, many] = [
      await pushLines(app, source, [...large, bad]),
      await pushLines(app, source, [...large, `{"date":"${'x'.repeat(1_100_000)}`]),
      await pushLines(app, source, [...large, ...rowsOf(101)]),
    ];
    expect(await failure(ends)).toMatchObject({ status: 400, errors: [{ field: 'payload[900].date' }] });
    expect([cut.status, many.status]).toEqual([400, 413]);
    const metrics = await (await app.fetch('/metrics')).text();
    expect(metrics).toContain('chorus_database_pool_connections{state="busy"} 0');
  });

  it.each([
    { 'Content-Type': 'text/plain' },
    { 'Content-Type': 'text/csv' },
    { 'Content-Type': 'application/vnd.api+json' },
    { 'Content-Type': 'application/json; charset=utf-16' },
    { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
  ])('with 415 a body of %j', async (headers) => {
    const response = await pushBody(app, source.key, '{}', headers as Record<string, string>);
    expect(await failure(response)).toMatchObject({ status: 415 });
  });

  it('a caller without a key before a byte of the body is read', async () => {
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.write(
      `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`,
    );
    await until(() => answer.includes('\r\n\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(await spooled()).toEqual([]);
    socket.destroy();
  });

  it('nothing to a slow sender, who holds no connection to the database, and forgets one who goes away', async () => {
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    const head = [
      `POST ${PATH}?source_id=${source.sourceId} HTTP/1.1`,
      'Host: x',
      `X-API-KEY: ${source.key}`,
      'Content-Type: application/x-ndjson',
      'Content-Length: 100000',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${JSON.stringify(ROW)}\n`);
    await until(async () => (await spooled()).length === 1);
    const metrics = await (await app.fetch('/metrics')).text();
    expect(metrics).toContain('chorus_database_pool_connections{state="busy"} 0');
    socket.destroy();
    await until(async () => (await spooled()).length === 0);
  });

  it('what lies elsewhere: unknown paths, other methods, imports of others', async () => {
    expect(await failure(await app.fetch('/api/v1/source/nowhere'))).toMatchObject({ status: 404 });
    const get = await app.fetch(PATH, { method: 'PUT' });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await failure(await readProgress(app, source, 'x'))).toMatchObject({ status: 400 });
    const id = '00000000-0000-7000-8000-000000000000';
    for (const leaf of ['', '/events', '/errors']) {
      expect(await failure(await readProgress(app, source, id, leaf))).toEqual({
        status: 404,
        message: 'Import not found',
      });
    }
    const preflight = await app.fetch(PATH, {
      method: 'OPTIONS',
      headers: { Origin: 'https://page.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('to keep a key readable', async () => {
    const digests = await app.query<{ digest: Buffer }>('select digest from api_key');
    const digest = createHash('sha256').update(source.key).digest();
    expect(digests.some((row) => row.digest.equals(digest))).toBe(true);
    expect(JSON.stringify(await app.query('select k::text from api_key k'))).not.toContain(source.key);
  });
});
