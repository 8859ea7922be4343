import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Config, DatabaseConfig } from '#libs/platform/config/config.js';
import { createDataSource } from '#libs/platform/database/data-source.js';
import { migrate } from '#libs/platform/database/migrate.js';
import { pendingMigrations } from '#libs/platform/database/pending-migrations.js';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import type { Logger } from '#libs/platform/logging/logger.js';
import { startupFailure } from './startup-failure.js';

/** Opens the pool, on a schema that is up to date. @throws StartupError when migrations are missing and may not run */
export async function openDatabase(
  { database }: Config,
  entities: readonly EntityTarget<ObjectLiteral>[],
  logger: Logger,
): Promise<DataSource> {
  if (database.migrateOnStart) await migrateOnStart(database, logger);
  const source = createDataSource({
    url: database.url,
    entities,
    poolSize: database.poolSize,
    statementTimeoutMs: database.statementTimeoutMs,
    logger,
  });
  await source.initialize();
  const missing = await pendingMigrations((sql) => source.query(sql));
  if (missing.length > 0) {
    await source.destroy();
    throw new StartupError(
      `The database lacks ${missing.length} migrations (${missing[0]} is the first): run npm run migration:run, ` +
        'or start with MIGRATE_ON_START=true.',
    );
  }
  return source;
}

/** Two addresses can be wrong: a failure says which one. */
async function migrateOnStart({ url, migrationUrl }: DatabaseConfig, logger: Logger): Promise<void> {
  try {
    await migrate(migrationUrl, logger);
  } catch (error) {
    const sentence = migrationUrl === url ? undefined : startupFailure(error, 'MIGRATION_DATABASE_URL');
    throw sentence === undefined ? error : new StartupError(sentence, { cause: error });
  }
}
