import { randomBytes } from 'node:crypto';
import { withClient } from '#test/support/catalog.js';
import {
  acknowledgedFeedback,
  ChorusProcesses,
  credentialsIn,
  demoToken,
  feedbackStatus,
} from '#test/support/chorus-process.js';
import { RUNTIME_GRANTS } from '#test/support/runtime-grants.js';
import { type TestDatabase, testDatabase } from '#test/support/test-database.js';

const TYPEORM = 'node_modules/typeorm/cli.js';
const SOURCE = ['-d', 'dist/ormconfig.js'];

describe('with a database of its own', () => {
  const processes = new ChorusProcesses();
  let database: TestDatabase;

  beforeEach(async () => {
    database = await testDatabase('nothing');
  });
  afterEach(() => database.drop());

  async function environment(more: Record<string, string> = {}): Promise<Record<string, string>> {
    return { CHORUS_DATA_DIR: await processes.dataDir(), DATABASE_URL: database.url, ...more };
  }

  async function migrations(
    command: 'run' | 'revert' | 'show',
    env: Record<string, string>,
  ): Promise<string> {
    const typeorm = processes.start({ run: [TYPEORM, `migration:${command}`, ...SOURCE], env });
    expect(await typeorm.exited).toBe(0);
    return typeorm.stdout;
  }

  it('that is empty, a server that may not migrate says what to run, and starts after it ran', async () => {
    const env = await environment({ MIGRATE_ON_START: 'false' });
    const refused = processes.start({ env });
    expect(await refused.exited).toBe(1);
    expect(refused.stderr).toMatch(
      /^The database lacks \d+ migrations \(FirstStore\d+ is the first\): run npm run migration:run, or start with MIGRATE_ON_START=true\.\n$/,
    );

    expect(await migrations('show', env)).toMatch(/\[ \] (\d+ )?FirstStore/);
    await migrations('run', env);
    expect(await migrations('show', env)).toMatch(/\[X\] (\d+ )?FirstStore/);
    const api = processes.start({ env });
    expect((await fetch(`${await api.url()}/health/ready`)).status).toBe(200);
    expect(await api.stop()).toBe(0);

    await migrations('revert', env);
    const behind = processes.start({ env });
    expect(await behind.exited).toBe(1);
    expect(behind.stderr).toContain('The database lacks 1 migrations');
  });

  it('that is empty, two servers start at the same moment and both are ready', async () => {
    const both = [
      processes.start({ env: await environment() }),
      processes.start({ env: await environment() }),
    ];
    for (const api of both) expect((await fetch(`${await api.url()}/health/ready`)).status).toBe(200);
    for (const api of both) expect(await api.stop()).toBe(0);
  });

  it('that is empty, two servers that share a data directory make one demo workspace and one key', async () => {
    const env = await environment({ CHORUS_DEMO: 'true', WORKER: 'false' });
    const both = [processes.start({ env }), processes.start({ env })];
    const urls = await Promise.all(both.map((api) => api.url()));
    const credentials = await credentialsIn(env['CHORUS_DATA_DIR']!);
    for (const url of urls) expect(await demoToken(url, credentials)).toEqual(expect.any(String));
    const accounts = await withClient(database.url, (client) => client.query('select from account'));
    expect(accounts.rowCount).toBe(1);
  });

  it('no credentials of another one in the same directory are told', async () => {
    const env = await environment({ CHORUS_DEMO: 'true' });
    const demo = processes.start({ env });
    await demo.url();
    await demo.stop();
    const { baseUrl } = await credentialsIn(env['CHORUS_DATA_DIR']!);
    const other = processes.start({ env: { ...env, CHORUS_DEMO: 'false' } });
    await other.url();
    expect(other.stdout).not.toContain('credentials');
    expect((await credentialsIn(env['CHORUS_DATA_DIR']!)).baseUrl).toBe(baseUrl);
  });

  describe('and a role for each purpose', () => {
    const suffix = randomBytes(4).toString('hex');
    const owner = `chorus_owner_${suffix}`;
    const runtime = `chorus_runtime_${suffix}`;
    const admin = (sql: string) =>
      withClient(process.env['CHORUS_TEST_SERVER']!, (client) => client.query(sql));
    const as = (role: string): string => {
      const url = new URL(database.url);
      url.username = role;
      url.password = 'secret';
      return url.href;
    };

    beforeEach(async () => {
      const name = new URL(database.url).pathname.slice(1);
      await admin(`create role ${owner} login password 'secret'; create role ${runtime} login password 'secret';
        alter database ${name} owner to ${owner}`);
    });
    afterEach(async () => {
      await database.drop();
      await admin(`drop role ${owner}; drop role ${runtime}`);
    });

    it('one that only reads and writes rows is enough to run, and the owner migrates', async () => {
      await withClient(as(owner), (client) => client.query(RUNTIME_GRANTS(runtime)));
      const env = await environment({
        DATABASE_URL: as(runtime),
        MIGRATION_DATABASE_URL: as(owner),
        CHORUS_DEMO: 'true',
      });
      const api = processes.start({ env });
      const url = await api.url();
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      const token = await demoToken(url, await credentialsIn(env['CHORUS_DATA_DIR']!));
      expect(await feedbackStatus(url, token, await acknowledgedFeedback(url, token))).toBe(200);
      expect(await api.stop()).toBe(0);
      expect(api.log().filter(({ level }) => level !== 'info')).toEqual([]);
      expect(api.stderr).toBe('');
    });

    it('one without a right says which', async () => {
      const env = await environment({ DATABASE_URL: as(runtime), MIGRATION_DATABASE_URL: as(owner) });
      const api = processes.start({ env });
      expect(await api.exited).toBe(1);
      expect(api.stderr).toBe(
        'The database role of DATABASE_URL lacks a right (permission denied for table migration): grant it, or set ' +
          'MIGRATION_DATABASE_URL to the role that owns the tables.\n',
      );
    });
  });
});
