import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '#libs/platform/logging/logger.js';
import { createDataSource } from './data-source.js';

/** Any number will do, as long as every replica takes the same one. */
const LOCK = 4_207_849_311;

/** How often who waits for the lock asks again, in milliseconds. */
const RETRY = 100;

/**
 * Brings the schema up to date. Replicas may call it at the same moment: one migrates under a session's advisory
 * lock, the others wait and find nothing left to do. The lock needs a direct connection, not a pooler's.
 * @returns the names of the migrations that ran
 */
export async function migrate(url: string, logger: Logger): Promise<readonly string[]> {
  const guard = new pg.Client({
    connectionString: url,
    application_name: 'chorus migrations',
    connectionTimeoutMillis: 5_000,
  });
  guard.on('error', (error) => logger.warn('the connection that holds the migration lock failed', { error }));
  await guard.connect();
  const source = createDataSource({
    url,
    entities: [],
    poolSize: 2,
    applicationName: 'chorus migrations',
    logger,
  });
  try {
    while (!(await tryLock(guard))) await sleep(RETRY);
    await source.initialize();
    const ran = await source.runMigrations();
    if (ran.length > 0) logger.info('migrations ran', { migrations: ran.map(({ name }) => name) });
    return ran.map(({ name }) => name);
  } finally {
    if (source.isInitialized) await source.destroy();
    // Ends the session, and with it the lock.
    await guard.end();
  }
}

/**
 * Asks and does not wait: an index that is built concurrently waits for whatever statement began before it, and a
 * statement that waits for the lock of who builds it would be one of these.
 */
async function tryLock(guard: pg.Client): Promise<boolean> {
  const { rows } = await guard.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    LOCK,
  ]);
  return rows[0]!.locked;
}
