import { resolve } from 'node:path';
import { StartupError } from '../errors/startup-error.js';
import { findBinaries, type Binaries } from './binaries.js';
import { ensureDatabase, urlOf } from './connection.js';
import { ensureCluster, ensurePassword } from './create-cluster.js';
import { findHome, type Home } from './home.js';
import { boundLog } from './log.js';
import { findPostmaster } from './postmaster.js';
import { adoptServer, startServer, stopServer } from './server.js';
import { writeSettings } from './settings.js';

export interface EmbeddedPostgres {
  /** A superuser's connection URL of the database. */
  readonly url: string;
  /** Whether the database was made by this start. */
  readonly firstStart: boolean;
  /**
   * Starts the server again, on the same port, when it has died. @returns whether it had
   * @throws StartupError when it cannot be started
   */
  revive(): Promise<boolean>;
  /** Cuts off all clients and stops the server; a second call waits for the first. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Where everything is kept; created if need be. The caller holds an owner lock on it or above it. */
  readonly dataDir: string;
  readonly database?: string;
  /** PostgreSQL settings that replace or add to ours, for example `{ max_connections: '20' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told what takes a while. */
  readonly progress?: (message: string) => void;
}

/**
 * Starts a PostgreSQL of our own on a free port of 127.0.0.1, or adopts the one that a killed process left running.
 * The server is a process of its own that outlives us until `stop`; nothing here keeps Node running.
 *
 * @throws StartupError whatever the reason
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  try {
    return await start(dataDir, options);
  } catch (cause) {
    if (cause instanceof StartupError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'EACCES') {
      throw new StartupError(
        `The data directory ${dataDir} cannot be used by this user (${(cause as Error).message}): correct its owner, ` +
          'or set CHORUS_DATA_DIR to another directory.',
        { cause },
      );
    }
    throw new StartupError(
      `The embedded PostgreSQL in ${dataDir} could not be started (${(cause as Error).message}): correct this, or ` +
        'set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

async function start(
  dataDir: string,
  { database = 'chorus', settings = {}, progress = () => undefined }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const home = await findHome(dataDir, progress);
  const binaries = await findBinaries(home);
  const password = await ensurePassword(dataDir, home);
  const created = await ensureCluster(home, binaries, password, progress);
  let port = await adoptServer(home, binaries, password);
  const changed = await writeSettings(home, settings);
  if (port !== undefined && changed) {
    await stopServer(home, binaries);
    port = undefined;
  }
  if (port !== undefined) progress('Using the PostgreSQL that was left running.');
  port ??= await startServer(home, binaries);
  return open(home, binaries, port, { password, database, created });
}

async function open(
  home: Home,
  binaries: Binaries,
  port: number,
  { password, database, created }: { password: string; database: string; created: boolean },
): Promise<EmbeddedPostgres> {
  let firstStart = created;
  try {
    firstStart = (await ensureDatabase(port, password, database)) || created;
  } catch (cause) {
    await stopServer(home, binaries);
    throw cause;
  }
  const stopBounding = await boundLog(home.directory);
  let stopped: Promise<void> | undefined;
  let reviving: Promise<boolean> | undefined;
  const revive = async (): Promise<boolean> => {
    if (stopped || (await findPostmaster(home.directory))) return false;
    await startServer(home, binaries, port);
    return true;
  };
  return {
    url: urlOf(port, password, database),
    firstStart,
    revive: () => (reviving ??= revive().finally(() => (reviving = undefined))),
    stop: () => {
      stopBounding();
      const settled = reviving?.then(
        () => undefined,
        () => undefined,
      );
      return (stopped ??= (settled ?? Promise.resolve()).then(() => stopServer(home, binaries)));
    },
  };
}
