import { mkdtemp, readFile, readdir, rm, stat, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartupError } from '../errors/startup-error.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { findPostmaster } from './postmaster.js';

describe('startEmbeddedPostgres', () => {
  let dataDir: string;
  let home: string;
  let running: EmbeddedPostgres | undefined;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'chorus-postgres-'));
    home = join(dataDir, 'server');
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  afterAll(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
    return (running = await startEmbeddedPostgres({
      dataDir,
      settings: { max_connections: '10', ...settings },
    }));
  }

  async function query(sql: string): Promise<string | undefined> {
    const client = new pg.Client({ connectionString: running?.url ?? '' });
    await client.connect();
    try {
      const { rows } = await client.query<{ value: string }>(sql);
      return rows[0]?.value;
    } finally {
      await client.end();
    }
  }

  async function pid(): Promise<number> {
    return (await findPostmaster(home))?.pid ?? 0;
  }

  async function killServer(): Promise<void> {
    process.kill(await pid(), 'SIGKILL');
    while (await pid()) await sleep(5);
  }

  it('makes a durable UTF-8 database that only this machine and the password reach', async () => {
    const { url, firstStart } = await start();
    expect(firstStart).toBe(true);
    expect(url).toMatch(/^postgresql:\/\/chorus:[\w-]{32}@127\.0\.0\.1:\d+\/chorus\?sslmode=disable$/);
    expect(await query('SELECT pg_encoding_to_char(encoding) AS value FROM pg_database LIMIT 1')).toBe(
      'UTF8',
    );
    expect(await query(`SELECT lower('ÄÖ') AS value`)).toBe('äö');
    expect(await query(`SELECT current_setting('listen_addresses') AS value`)).toBe('127.0.0.1');
    expect(
      await query(`SELECT current_setting('fsync') || current_setting('synchronous_commit') AS value`),
    ).toBe('onon');
    const stranger = new pg.Client({ connectionString: url.replace(/:[\w-]{32}@/, ':wrong@') });
    await expect(stranger.connect()).rejects.toThrow('password authentication failed');
    await query('CREATE TABLE kept (value text)');
    await query(`INSERT INTO kept VALUES ('still here')`);
  });

  it('keeps the password to its user', async () => {
    if (process.platform === 'win32') return;
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
  });

  it('starts again with the data, and stops without a trace', async () => {
    const { firstStart, stop } = await start();
    expect(firstStart).toBe(false);
    expect(await query('SELECT value FROM kept')).toBe('still here');
    await Promise.all([stop(), stop()]);
    expect(await findPostmaster(home)).toBeUndefined();
    expect((await readdir(home)).filter((name) => !name.startsWith('binaries-'))).toEqual([
      'data',
      'postgresql.log',
    ]);
  });

  it('adopts the server of a process that was killed', async () => {
    const before = await start();
    const first = await pid();
    const after = await start();
    expect(after.url).toBe(before.url);
    expect(await pid()).toBe(first);
    expect(await query('SELECT value FROM kept')).toBe('still here');
  });

  it('restarts an adopted server that has other settings', async () => {
    await start();
    await start({ max_connections: '12' });
    expect(await query(`SELECT current_setting('max_connections') AS value`)).toBe('12');
  });

  it('recovers what was committed before the server was killed', async () => {
    await start();
    await query(`UPDATE kept SET value = 'committed'`);
    await killServer();
    await start();
    expect(await query('SELECT value FROM kept')).toBe('committed');
  });

  it('starts although the pid of a killed server belongs to another process', async () => {
    await start();
    const file = join(home, 'data', 'postmaster.pid');
    const left = await readFile(file, 'utf8');
    await killServer();
    await writeFile(file, left.replace(/^\d+/, String(process.pid)));
    await start();
    expect(await query('SELECT value FROM kept')).toBe('committed');
  });

  it('removes what an interrupted creation left', async () => {
    await mkdir(join(home, 'data.new-12345678'));
    await writeFile(join(home, 'data.new-12345678', 'PG_VERSION'), '18\n');
    await start();
    expect(await readdir(home)).not.toContain('data.new-12345678');
  });

  it('makes further databases of one server', async () => {
    await start();
    running = await startEmbeddedPostgres({
      dataDir,
      database: `odd "name"`,
      settings: { max_connections: '10' },
    });
    expect(running.firstStart).toBe(true);
    expect(await query('SELECT current_database() AS value')).toBe('odd "name"');
  });

  it('says what its log says when it does not start', async () => {
    await expect(start({ shared_buffers: 'plenty' })).rejects.toThrow(
      /^The embedded PostgreSQL did not start, a setting is wrong: correct it.*\n(.*\n)*.*shared_buffers/,
    );
  });

  it.each([
    ['17\n', /was made by PostgreSQL 17 and this Chorus brings PostgreSQL \d+/],
    ['', /is not a PostgreSQL database/],
  ])('refuses a database of another version (%j)', async (version, message) => {
    const file = join(home, 'data', 'PG_VERSION');
    const original = await readFile(file, 'utf8');
    await writeFile(file, version);
    const refusal = await start().catch((cause: unknown) => cause);
    await writeFile(file, original);
    expect(refusal).toBeInstanceOf(StartupError);
    expect((refusal as Error).message).toMatch(message);
  });

  it('refuses a database whose password is gone', async () => {
    const file = join(dataDir, 'password');
    const original = await readFile(file, 'utf8');
    await rm(file);
    await expect(start()).rejects.toThrow(/bring that file back/);
    await writeFile(file, original, { mode: 0o600 });
  });
});
