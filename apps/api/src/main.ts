import { entities } from '#libs/entities.js';
import { loadEnvironment } from '#libs/platform/config/load-environment.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';
import { openDatabase } from '#libs/platform/runtime/open-database.js';
import { prepareRuntime } from '#libs/platform/runtime/prepare-runtime.js';
import { runProcess } from '#libs/platform/runtime/run-process.js';
import { readCredentials, writeCredentials } from './provisioning/credentials-file.js';
import { DemoWorkspace } from './provisioning/demo/demo-workspace.js';
import { announce } from './start/announce.js';
import { say, sayError } from './start/console.js';
import { serve } from './start/serve.js';

/** The API process: database, migrations, server, demo workspace, and all of it in reverse when it is told to stop. */
await runProcess(sayError, async (onStop) => {
  const environment = loadEnvironment();
  const logger = new PinoLogger(environment.LOG_LEVEL);
  const runtime = await prepareRuntime(environment, say);
  onStop(() => runtime.release());
  const { config } = runtime;

  say('Opening the database');
  const source = await openDatabase(config, entities, logger);
  onStop(async () => {
    if (source.isInitialized) await source.destroy();
  });

  const { dataDir } = config;
  const server = await serve({ config, source, logger }, async ({ app, url }) => {
    if (!config.demo) return;
    const baseUrl = config.http.publicUrl ?? url;
    await app
      .get(DemoWorkspace)
      .create((credentials) => writeCredentials(dataDir, { baseUrl, ...credentials }));
    const credentials = await readCredentials(dataDir);
    if (credentials && credentials.baseUrl !== baseUrl) {
      await writeCredentials(dataDir, { ...credentials, baseUrl });
    }
  });
  onStop(() => server.close());

  // Another database may have been used with this directory before: its credentials are no good here.
  const credentials = config.demo ? await readCredentials(dataDir) : undefined;
  announce(config.http.publicUrl ?? server.url, dataDir, credentials);
  logger.info('listening', { port: Number(new URL(server.url).port) });
});
