import { plainToInstance } from 'class-transformer';
import { entities } from '#libs/entities.js';
import { buildConfig } from '#libs/platform/config/build-config.js';
import { Environment } from '#libs/platform/config/environment.js';
import { createDataSource } from '#libs/platform/database/data-source.js';
import { type Server, serve } from '#apps/api/src/start/serve.js';
import { MemoryLogger } from './memory-logger.js';
import type { TestApp } from './test-app.js';

/** A second API on the database of `app`, as a replica would be. Close it before the suite ends. */
export async function twinOf({ databaseUrl, dataDir, clock, url }: TestApp): Promise<Server> {
  const environment = plainToInstance(
    Environment,
    { PORT: 0, NODE_ENV: 'test', WORKER: false, CHORUS_DATA_DIR: dataDir, PUBLIC_URL: url },
    { exposeDefaultValues: true },
  );
  const secretKey = Buffer.alloc(32, 7);
  const config = buildConfig(environment, { databaseUrl, secretKey, embedded: false });
  const source = createDataSource({ url: databaseUrl, entities, poolSize: 3 });
  await source.initialize();
  return serve({ config, source, logger: new MemoryLogger(), clock });
}
