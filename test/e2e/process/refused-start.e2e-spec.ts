import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { freePort } from '#libs/platform/embedded-postgres/free-port.js';
import { ChorusProcesses, credentialsIn, demoToken, postmasterOf } from '#test/support/chorus-process.js';
import { testDatabase } from '#test/support/test-database.js';

const SERVER = (): URL => new URL(process.env['CHORUS_TEST_SERVER']!);

describe('a start that cannot succeed', () => {
  const processes = new ChorusProcesses();
  const open: { close(): Promise<unknown> }[] = [];

  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  /** Starts, expects it to end with 1, and answers the one sentence that it said. */
  async function refusal(env: Record<string, string | undefined>): Promise<string> {
    const dataDir = await processes.dataDir();
    const refused = processes.start({ env: { CHORUS_DATA_DIR: dataDir, ...env } });
    expect(await refused.exited).toBe(1);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.stderr).toMatch(/\.\n$/);
    return refused.stderr.trim();
  }

  function database(change: (url: URL) => void = () => undefined): string {
    const url = SERVER();
    change(url);
    return url.href;
  }

  async function listen(server: Server, port = 0): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    open.push({
      close: () => {
        for (const socket of sockets) socket.destroy();
        return new Promise((resolve) => server.close(resolve));
      },
    });
    return (server.address() as AddressInfo).port;
  }

  it('because another one uses the data directory says so, and leaves that one unharmed', async () => {
    const dataDir = await processes.dataDir();
    const env = { CHORUS_DATA_DIR: dataDir };
    const first = processes.start({ env });
    const url = await first.url();
    expect(await refusal(env)).toBe(
      `Another Chorus (process ${first.pid}) already uses the data directory ${dataDir}: stop it, or set ` +
        'CHORUS_DATA_DIR to another directory.',
    );
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await demoToken(url, await credentialsIn(dataDir))).toEqual(expect.any(String));
    expect(await first.stop()).toBe(0);
  });

  it('because the port is taken says so, and stops the database that it started', async () => {
    const port = await listen(createServer());
    const dataDir = await processes.dataDir();
    expect(await refusal({ CHORUS_DATA_DIR: dataDir, PORT: String(port) })).toBe(
      `Port ${port} is taken: stop the other program, or set PORT to another one (0 picks a free one).`,
    );
    expect(await postmasterOf(dataDir)).toBeUndefined();
  });

  it('because variables are wrong names each of them, and not what they hold', async () => {
    const wrong = {
      PORT: 'eighty',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      MIGRATE_ON_START: 'yes-please',
      DATABASE_POOL_SIZE: '100000',
      CHORUS_SECRET_KEY: 'much-too-short',
      PUBLIC_URL: 'ftp://hunter2',
      LOG_LEVEL: 'deafening',
      METRICS_TOKEN: 'hunter2',
      CORS_ORIGINS: 'only.a.host.example',
      NODE_ENV: 'staging',
      SHUTDOWN_SECONDS: '-5',
      WORKER: '1',
      STORAGE: 'floppy',
    };
    const said = await refusal(wrong);
    expect(said).toMatch(/^The configuration is not valid: /);
    const problems = said.slice(said.indexOf(': ') + 2).split('; ');
    expect(problems.map((problem) => problem.split(' ', 1)[0]).sort()).toEqual(Object.keys(wrong).sort());
    for (const value of Object.values(wrong)) {
      if (value.length > 3) expect(said).not.toContain(value);
    }
  });

  it('because of files in S3 without a bucket names what is missing', async () => {
    expect(await refusal({ STORAGE: 's3' })).toBe(
      'The configuration is not valid: S3_BUCKET must be set when STORAGE is s3.',
    );
  });

  it('in production without a secret key says how to make one', async () => {
    expect(await refusal({ NODE_ENV: 'production' })).toBe(
      'The configuration is not valid: CHORUS_SECRET_KEY must be set in production (make one with: openssl rand ' +
        '-base64 32).',
    );
  });

  it('because the secret key in the data directory is damaged says so', async () => {
    const path = join(await processes.dataDir(), 'secret-key');
    await mkdir(dirname(path), { mode: 0o700 });
    await writeFile(path, '');
    expect(await refusal({ CHORUS_DATA_DIR: dirname(path), DATABASE_URL: database() })).toContain(
      `${path} does not hold a key of 32 bytes`,
    );
  });

  it('because the data directory is a file says so', async () => {
    const path = await processes.dataDir();
    await writeFile(path, '');
    expect(await refusal({ CHORUS_DATA_DIR: path })).toContain('set CHORUS_DATA_DIR to another directory');
    expect(await refusal({ CHORUS_DATA_DIR: path, DATABASE_URL: database() })).toContain(
      'set CHORUS_DATA_DIR to another directory',
    );
  });

  describe('because of the database', () => {
    it('that nobody listens for says where', async () => {
      const port = await freePort();
      expect(await refusal({ DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/x` })).toBe(
        `The database does not answer at 127.0.0.1:${port}: start it, or correct DATABASE_URL.`,
      );
    });

    it('whose host has no address says so', async () => {
      expect(await refusal({ DATABASE_URL: 'postgres://u:hunter2@no-such-host.invalid/x' })).toBe(
        'The host name in DATABASE_URL cannot be resolved: correct it, or check the name service.',
      );
    });

    it('that never says a word, hangs up or speaks HTTP says that it is none', async () => {
      // At the same moment, as to give up the silent one takes its time.
      const behaviours: ((socket: Socket) => void)[] = [
        () => undefined,
        (socket) => socket.end(),
        (socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
      ];
      const said = behaviours.map(async (behave) => {
        const port = await listen(createServer((socket) => socket.once('data', () => behave(socket))));
        return refusal({ DATABASE_URL: `postgres://u:hunter2@127.0.0.1:${port}/x` });
      });
      for (const sentence of await Promise.all(said)) {
        expect(sentence).toContain('does not answer like a PostgreSQL');
      }
    });

    it('that refuses the password does not repeat it', async () => {
      expect(await refusal({ DATABASE_URL: database((url) => (url.password = 'hunter2')) })).toBe(
        'The database refused the login: correct the user or the password in DATABASE_URL.',
      );
    });

    it('that refuses the role of the migrations names the right variable', async () => {
      const env = {
        DATABASE_URL: database(),
        MIGRATION_DATABASE_URL: database((url) => (url.password = 'hunter2')),
      };
      expect(await refusal(env)).toBe(
        'The database refused the login: correct the user or the password in MIGRATION_DATABASE_URL.',
      );
    });

    it('that does not exist says so', async () => {
      expect(await refusal({ DATABASE_URL: database((url) => (url.pathname = '/no_such_database')) })).toBe(
        'The database that DATABASE_URL names does not exist: create it first.',
      );
    });

    it.each(['postgres://u:hunter2@127.0.0.1:port/x', 'postgres://u:hunt#er2@127.0.0.1/x'])(
      'whose address is malformed (%s) says so, and does not repeat it',
      async (url) => {
        const said = await refusal({ DATABASE_URL: url });
        expect(said).toContain('DATABASE_URL is not a valid address');
        expect(said).not.toMatch(/hunt/);
      },
    );

    it('that does not speak TLS where TLS is wanted says so', async () => {
      expect(
        await refusal({ DATABASE_URL: database((url) => url.searchParams.set('sslmode', 'verify-full')) }),
      ).toBe('The database does not speak TLS: turn it on there, or leave sslmode out of DATABASE_URL.');
    });

    it('whose keys were sealed with another secret key says so, at once', async () => {
      const { url, drop } = await testDatabase();
      open.push({ close: drop });
      const dataDir = await processes.dataDir();
      const key = () => randomBytes(32).toString('base64');
      const env = { CHORUS_DATA_DIR: dataDir, DATABASE_URL: url, CHORUS_DEMO: 'true' };
      const first = processes.start({ env: { ...env, CHORUS_SECRET_KEY: key() } });
      await demoToken(await first.url(), await credentialsIn(dataDir));
      expect(await first.stop()).toBe(0);
      expect(await refusal({ ...env, CHORUS_SECRET_KEY: key() })).toBe(
        'The signing keys in the database were sealed with another CHORUS_SECRET_KEY: set the one that made them.',
      );
    });
  });
});
