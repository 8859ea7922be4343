import { NestFactory } from '@nestjs/core';
import { entities } from '#libs/entities.js';
import { loadEnvironment } from '#libs/platform/config/load-environment.js';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';
import { NestLogger } from '#libs/platform/logging/nest-logger.js';
import { openDatabase } from '#libs/platform/runtime/open-database.js';
import { prepareRuntime } from '#libs/platform/runtime/prepare-runtime.js';
import { runProcess } from '#libs/platform/runtime/run-process.js';
import { WorkerProcessModule } from './worker-process.module.js';

/** The worker alone, beside API processes that run with WORKER=false. */
await runProcess(
  (message) => process.stderr.write(`${message}\n`),
  async (onStop) => {
    const environment = loadEnvironment();
    if (environment.DATABASE_URL === undefined) {
      throw new StartupError('Set DATABASE_URL: a worker that runs alone needs the database of the API.');
    }
    const logger = new PinoLogger(environment.LOG_LEVEL);
    const runtime = await prepareRuntime(environment, () => undefined);
    onStop(() => runtime.release());
    const source = await openDatabase(runtime.config, entities, logger);
    onStop(() => source.destroy());
    const parts = { config: runtime.config, source, logger };
    const app = await NestFactory.createApplicationContext(WorkerProcessModule.with(parts), {
      logger: new NestLogger(logger),
      abortOnError: false,
    });
    onStop(() => app.close());
    logger.info('working');
  },
);
