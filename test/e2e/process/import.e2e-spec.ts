import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from '#test/support/catalog.js';
import { type ChorusProcess, ChorusProcesses, credentialsIn } from '#test/support/chorus-process.js';
import { type TestDatabase, testDatabase } from '#test/support/test-database.js';
import { until } from '#test/support/until.js';

const IMPORT = 'dist/apps/import/src/main.js';
const ROWS = 3_000;
const WAITS = /^The server at \S+ gives no good answer: .+\. Trying again for some minutes\.\n/gm;

describe('npm run import', () => {
  const processes = new ChorusProcesses();
  let database: TestDatabase;

  beforeEach(async () => {
    database = await testDatabase();
  });

  afterEach(() => database.drop());

  const count = (table: string) =>
    withClient(database.url, async (client) => {
      const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`);
      return Number(rows[0]!.count);
    });

  /** Rows of which every tenth says the same as all other tenth ones. */
  async function csv(directory: string): Promise<string> {
    const file = join(directory, 'rows.csv');
    const lines = Array.from({ length: ROWS }, (_, n) =>
      n % 10 === 0 ? '2024-03-08 00:29:00,"Twin, the",Same' : `2024-03-08 00:29:00,User ${n},"Says ""${n}"""`,
    );
    await writeFile(file, `\ufeffdate,name,content\n${lines.join('\n')}\n`);
    return file;
  }

  it('brings every row once, though the server is killed again and again meanwhile', async () => {
    const dataDir = await processes.dataDir();
    const env = { CHORUS_DATA_DIR: dataDir, DATABASE_URL: database.url, CHORUS_DEMO: 'true' };
    let server: ChorusProcess = processes.start({ env });
    const { port } = new URL(await server.url());
    const { sourceImport } = await credentialsIn(dataDir);
    const run = [IMPORT, '--source', sourceImport.sourceId, '--file', await csv(dataDir), '--batch', '700'];
    const first = processes.start({ run, env: { CHORUS_DATA_DIR: dataDir } });
    const seen: number[] = [];
    for (const goal of [1, 900, 2_000]) {
      await until(async () => (await count('feedback')) >= goal, 30_000);
      await server.stop('SIGKILL');
      seen.push(await count('feedback'));
      server = processes.start({ env: { ...env, PORT: port } });
      await server.url();
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const code = await first.exited;
    // A server that takes longer to come back is told of, and nothing else.
    expect([code, first.stderr.replaceAll(WAITS, '')]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^Sent 3000 rows: \d+ imported, \d+ there before, 0 rejected/);
    expect([await count('feedback'), await count('import_row'), await count('import_block')]).toEqual([
      ROWS,
      ROWS,
      0,
    ]);
    const sums = `import where received <> imported + duplicates + rejected or state <> 'completed'`;
    expect(await count(sums)).toBe(0);

    const again = processes.start({ run, env: { CHORUS_DATA_DIR: dataDir } });
    expect(await again.exited).toBe(0);
    // Batches that arrived with an earlier run are answered by that run's imports: nothing of them is new.
    expect(again.stdout).toContain('Sent 3000 rows: 0 imported, 3000 there before');
    expect(await count('feedback')).toBe(ROWS);
    const other = [...run.slice(0, -1), '450'];
    const shifted = processes.start({ run: other, env: { CHORUS_DATA_DIR: dataDir } });
    expect(await shifted.exited).toBe(0);
    expect(shifted.stdout).toContain('Sent 3000 rows: 0 imported, 3000 there before');
    expect(await count('feedback')).toBe(ROWS);
  });

  it('names the line that is wrong, and stops', async () => {
    const dataDir = await processes.dataDir();
    const env = { CHORUS_DATA_DIR: dataDir, DATABASE_URL: database.url, CHORUS_DEMO: 'true' };
    await processes.start({ env }).url();
    const { sourceImport } = await credentialsIn(dataDir);
    const file = join(dataDir, 'rows.ndjson');
    const good = { date: '2024-03-08 00:29:00', name: 'User 1', content: 'Feedback 1' };
    const text = [good, good, '', { ...good, date: 'soon' }].map((row) => (row ? JSON.stringify(row) : ''));
    await writeFile(file, text.join('\n'));
    const call = async (...args: string[]) => {
      const started = processes.start({ run: [IMPORT, ...args], env: { CHORUS_DATA_DIR: dataDir } });
      return { code: await started.exited, stdout: started.stdout, stderr: started.stderr };
    };
    const named = ['--source', sourceImport.sourceId, '--file', file];
    expect(await call(...named)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Line 4 of the file: payload\[2\]\.date must have the form/),
    });
    expect(await count('feedback')).toBe(0);
    expect(await call(...named, '--partial')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Sent 3 rows: 2 imported, 0 there before, 1 rejected'),
    });
    await writeFile(file, JSON.stringify(good));
    expect(await call(...named)).toMatchObject({ code: 0, stderr: '' });
    // The same file once more, but as another request: those of before must not stand in its way.
    expect(await call(...named, '--partial')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Sent 1 rows: 0 imported, 1 there before'),
    });
    expect(await count('feedback')).toBe(2);
    expect(await call('--source', 'x', '--file', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Source not found'),
    });
    expect(await call('--file', file)).toMatchObject({ code: 1, stderr: expect.stringContaining('Usage:') });
    expect(await call('--source', 'x', '--file', `${file}.csv`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no file'),
    });
  });

  it('sends a batch again whose import failed, and says when the server keeps it waiting', async () => {
    const dataDir = await processes.dataDir();
    const env = { CHORUS_DATA_DIR: dataDir, DATABASE_URL: database.url, CHORUS_DEMO: 'true' };
    const server = processes.start({ env });
    await server.url();
    const { sourceImport } = await credentialsIn(dataDir);
    const file = join(dataDir, 'rows.csv');
    await writeFile(file, 'date,name,content\n2024-03-08 00:29:00,User 1,Feedback 1\n');
    const run = [IMPORT, '--source', sourceImport.sourceId, '--file', file];
    const start = () => processes.start({ run, env: { CHORUS_DATA_DIR: dataDir } });
    const fail = `delete from import_row; delete from feedback; update import set state = 'failed', imported = 0`;
    for (const ending of ['', fail, fail]) {
      await withClient(database.url, (client) => client.query(ending));
      const pushed = start();
      expect([await pushed.exited, pushed.stderr]).toEqual([0, '']);
      expect(pushed.stdout).toContain('Sent 1 rows: 1 imported, 0 there before');
    }
    expect([await count('feedback'), await count('import')]).toEqual([1, 3]);

    await server.stop();
    const waiting = start();
    await until(() => Promise.resolve(waiting.stderr !== ''), 30_000);
    expect(waiting.stderr.replace(WAITS, '')).toBe('');
    expect(waiting.stderr).toContain('ECONNREFUSED');
    await waiting.stop('SIGKILL');
  });
});
