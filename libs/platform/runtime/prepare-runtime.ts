import { join } from 'node:path';
import { buildConfig, dataDir } from '#libs/platform/config/build-config.js';
import type { Config } from '#libs/platform/config/config.js';
import type { Environment } from '#libs/platform/config/environment.js';
import { secretKey } from '#libs/platform/config/secret-key.js';
import type { EmbeddedPostgres } from '#libs/platform/embedded-postgres/embedded-postgres.js';
import { acquireOwnerLock } from '#libs/platform/embedded-postgres/owner-lock.js';

/** What a process stands on, and how to leave it. */
export interface Runtime {
  readonly config: Config;
  readonly embedded: boolean;
  /** Stops the embedded database, if there is one, and gives the data directory back. */
  release(): Promise<void>;
}

/**
 * Finds or starts the database. With an embedded one, this process owns the data directory and nobody else may.
 * @throws StartupError
 */
export async function prepareRuntime(
  environment: Environment,
  progress: (message: string) => void,
): Promise<Runtime> {
  const dir = dataDir(environment);
  if (environment.DATABASE_URL !== undefined) {
    const config = buildConfig(environment, {
      databaseUrl: environment.DATABASE_URL,
      secretKey: await secretKey(environment.CHORUS_SECRET_KEY, dir),
      embedded: false,
    });
    return { config, embedded: false, release: () => Promise.resolve() };
  }
  const lock = await acquireOwnerLock(dir);
  try {
    progress('Starting the embedded PostgreSQL');
    // Not installed in production, where a database is configured.
    const { startEmbeddedPostgres } = await import('#libs/platform/embedded-postgres/embedded-postgres.js');
    const postgres = await startEmbeddedPostgres({ dataDir: join(dir, 'postgres'), progress });
    const config = buildConfig(environment, {
      databaseUrl: postgres.url,
      secretKey: await secretKey(environment.CHORUS_SECRET_KEY, dir),
      embedded: true,
    });
    const stopWatching = watch(postgres, progress);
    const release = async () => {
      stopWatching();
      await postgres.stop();
      await lock.release();
    };
    return { config, embedded: true, release };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const WATCH_MS = 1_000;

/** Brings the embedded server back when something kills it: nobody else would. */
function watch(postgres: EmbeddedPostgres, progress: (message: string) => void): () => void {
  let complained = false;
  const look = async (): Promise<void> => {
    try {
      if (await postgres.revive()) progress('The embedded PostgreSQL had died and was started again');
      complained = false;
    } catch (error) {
      if (!complained) progress(error instanceof Error ? error.message : String(error));
      complained = true;
    }
  };
  const timer = setInterval(() => void look(), WATCH_MS);
  timer.unref();
  return () => clearInterval(timer);
}
