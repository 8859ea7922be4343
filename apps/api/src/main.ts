import { entities } from '#libs/entities.js';
import { loadEnvironment } from '#libs/platform/config/load-environment.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';
import { openDatabase } from '#libs/platform/runtime/open-database.js';
import { prepareRuntime } from '#libs/platform/runtime/prepare-runtime.js';
import { runProcess } from '#libs/platform/runtime/run-process.js';
import { readCredentials } from './provisioning/credentials-file.js';
import { announce } from './start/announce.js';
import { say, sayError } from './start/console.js';

/** The server's modules take longer to load than all the rest, so what is wrong before them is told without them. */
const loadServer = () => import('./start/serve-with-demo.js');

/** The API process: database, migrations, server, demo workspace, and all of it in reverse when it is told to stop. */
await runProcess(sayError, async (onStop) => {
  const environment = loadEnvironment();
  const logger = new PinoLogger(environment.LOG_LEVEL);
  // An embedded PostgreSQL takes as long to start as they take to load.
  if (environment.DATABASE_URL === undefined) void loadServer();
  const runtime = await prepareRuntime(environment, say);
  onStop(() => runtime.release());
  const { config } = runtime;

  say('Opening the database');
  const source = await openDatabase(config, entities, logger);
  onStop(async () => {
    if (source.isInitialized) await source.destroy();
  });

  const { serveWithDemo } = await loadServer();
  const server = await serveWithDemo({ config, source, logger });
  onStop(() => server.close());

  // Another database may have been used with this directory before: its credentials are no good here.
  const credentials = config.demo ? await readCredentials(config.dataDir) : undefined;
  announce(config.http.publicUrl ?? server.url, config.dataDir, credentials);
  logger.info('listening', { port: Number(new URL(server.url).port) });
});
