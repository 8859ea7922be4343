import pg from 'pg';
import { DataSource, type DataSourceOptions, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { Logger } from '#libs/platform/logging/logger.js';
import { MigrationLogger } from './migration-logger.js';
import { NamingStrategy } from './naming-strategy.js';
import { migrations } from './migrations/migrations.js';

// bigint: ids and counters stay far below 2^53, so they travel as numbers.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface DataSourceSettings {
  readonly url: string;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
  readonly logger?: Logger;
}

/** A pool of connections to PostgreSQL, not yet opened. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  const { url, entities, poolSize = 4, statementTimeoutMs, applicationName = 'chorus', logger } = settings;
  const options: DataSourceOptions = {
    type: 'postgres',
    url,
    applicationName,
    entities: [...entities] as NonNullable<DataSourceOptions['entities']>,
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    namingStrategy: new NamingStrategy(),
    synchronize: false,
    logging: false,
    ...(logger && { logger: new MigrationLogger(logger) }),
    poolSize,
    // The migrations make what is needed; the runtime role may own nothing.
    installExtensions: false,
    connectTimeoutMS: 5_000,
    poolErrorHandler: (error: unknown) => logger?.warn('a pooled database connection failed', { error }),
    extra: {
      keepAlive: true,
      ...(statementTimeoutMs !== undefined && { statement_timeout: statementTimeoutMs }),
      idle_in_transaction_session_timeout: 60_000,
      // Nothing we do waits long for a lock: a caller that would is told to try again.
      lock_timeout: 5_000,
    },
  };
  return new DataSource(options);
}
