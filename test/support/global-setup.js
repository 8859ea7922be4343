import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#libs/platform/database/migrate.js';
import { startEmbeddedPostgres } from '#libs/platform/embedded-postgres/embedded-postgres.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';

const TEMPLATE = 'chorus_template';

/**
 * One PostgreSQL for all suites, with a migrated template database that each suite clones. Runs on what was built, as
 * it is not one of Jest's modules. TEST_DATABASE_URL names another server to use.
 */
export default async function setup() {
  const server = await startServer();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`drop database if exists ${TEMPLATE}`);
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href, new PinoLogger('error'));
  process.env.CHORUS_TEST_SERVER = server.url;
  globalThis.stopTestServer = server.stop;
}

async function startServer() {
  if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    // Nothing here outlives the run, so nothing has to survive a crash; suites about crashes start their own.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
