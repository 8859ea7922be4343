import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { entities } from '#libs/entities.js';
import { buildConfig } from '#libs/platform/config/build-config.js';
import { Environment } from '#libs/platform/config/environment.js';
import { Config } from '#libs/platform/config/config.js';
import { createDataSource } from '#libs/platform/database/data-source.js';
import { Database } from '#libs/platform/database/database.js';
import { type Server, serve } from '#apps/api/src/start/serve.js';
import { MemoryLogger } from './memory-logger.js';
import { Seed } from './seed.js';
import { TestClock } from './test-clock.js';
import { testDatabase } from './test-database.js';

/** A running API on a database of its own; the members are there from `beforeAll` on. */
export interface TestApp {
  readonly url: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly clock: TestClock;
  readonly log: MemoryLogger;
  readonly seed: Seed;
  readonly server: Server;
  /** Runs SQL and answers its rows. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Another process on the same database, as far as one process can be two; closed with the app. */
  replica(): Promise<TestApp>;
  /** `fetch`, on a path of this app. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/**
 * Clones the template database and boots the app on a free port, for the length of the enclosing `describe`.
 * @param overrides what to set in the environment, or how to find it once earlier hooks have run
 */
export function testApp(overrides: Partial<Environment> | (() => Partial<Environment>) = {}): TestApp {
  const app = {} as { -readonly [Member in keyof TestApp]: TestApp[Member] };
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const database = await testDatabase();
    app.databaseUrl = database.url;
    app.dataDir = await mkdtemp(join(tmpdir(), 'chorus-app-'));
    app.clock = new TestClock();
    app.log = new MemoryLogger();
    const given = typeof overrides === 'function' ? overrides() : overrides;
    const environment = plainToInstance(
      Environment,
      { PORT: 0, NODE_ENV: 'test', WORKER: false, CHORUS_DATA_DIR: app.dataDir, ...given },
      { exposeDefaultValues: true },
    );
    const config = buildConfig(environment, {
      databaseUrl: database.url,
      secretKey: Buffer.alloc(32, 7),
      embedded: false,
    });
    const replicas: Server[] = [];
    const boot = async (http = config.http) => {
      const source = createDataSource({ url: database.url, entities, poolSize: 10 });
      await source.initialize();
      return serve({
        config: new Config({ ...config, http }),
        source,
        logger: app.log,
        clock: app.clock,
      });
    };
    app.replica = async () => {
      // One deployment has one public address: tokens of one process are good at the other.
      const server = await boot({ ...config.http, publicUrl: config.http.publicUrl ?? app.url });
      replicas.push(server);
      return { ...app, server, url: server.url, fetch: (path, init) => fetch(`${server.url}${path}`, init) };
    };
    app.server = await boot();
    app.url = app.server.url;
    app.seed = new Seed(app.server.app);
    const db = app.server.app.get(Database);
    app.query = (sql, parameters) => db.query(sql, parameters);
    app.fetch = (path, init) => fetch(`${app.url}${path}`, init);
    stop = async () => {
      for (const server of [...replicas, app.server]) await server.close();
      await database.drop();
      await rm(app.dataDir, { recursive: true, force: true });
    };
  });

  afterAll(() => stop?.());

  return app;
}
