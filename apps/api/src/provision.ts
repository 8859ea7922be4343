import { entities } from '#libs/entities.js';
import { loadEnvironment } from '#libs/platform/config/load-environment.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';
import { openDatabase } from '#libs/platform/runtime/open-database.js';
import { prepareRuntime } from '#libs/platform/runtime/prepare-runtime.js';
import { runProcess } from '#libs/platform/runtime/run-process.js';
import { readProvisionArguments } from './provisioning/provision-arguments.js';
import { sayError } from './start/console.js';

/** Makes the first operator, account, project and OAuth client of an empty database, and prints their secrets once. */
await runProcess(sayError, async (onStop) => {
  const wanted = readProvisionArguments();
  const environment = loadEnvironment();
  const logger = new PinoLogger('warn');
  const runtime = await prepareRuntime(environment, () => undefined);
  onStop(() => runtime.release());
  const source = await openDatabase(runtime.config, entities, logger);
  onStop(async () => {
    if (source.isInitialized) await source.destroy();
  });

  // Loaded late: what is wrong with the options or the database is told without it.
  const { provisionFirstAccount } = await import('./provisioning/provision-first-account.js');
  const made = await provisionFirstAccount({ config: runtime.config, source, logger }, wanted);
  process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
  process.kill(process.pid, 'SIGTERM');
});
