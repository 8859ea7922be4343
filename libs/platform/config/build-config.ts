import { isAbsolute, join, resolve } from 'node:path';
import type { FileStorageConfig } from '#libs/platform/storage/file-storage-config.js';
import { Config } from './config.js';
import type { Environment } from './environment.js';

/** What the environment alone does not know: found or made at start. */
export interface Found {
  /** The database in use, embedded or given. */
  readonly databaseUrl: string;
  /** 32 bytes. */
  readonly secretKey: Buffer;
  readonly embedded: boolean;
}

/** Turns the words of the environment into the settings of the house. */
export function buildConfig(environment: Environment, found: Found): Config {
  return new Config({
    production: environment.NODE_ENV === 'production',
    http: {
      host: environment.HOST,
      port: environment.PORT,
      publicUrl: environment.PUBLIC_URL?.replace(/\/+$/, ''),
      trustProxy: trustProxy(environment.TRUST_PROXY),
      corsOrigins: environment.CORS_ORIGINS.split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
      metricsToken: environment.METRICS_TOKEN,
      rateLimits: {
        anonymous: environment.RATE_LIMIT_ANONYMOUS,
        credential: environment.RATE_LIMIT_CREDENTIAL,
      },
      shutdownSeconds: environment.SHUTDOWN_SECONDS,
    },
    database: {
      url: found.databaseUrl,
      directUrl: environment.DIRECT_DATABASE_URL ?? found.databaseUrl,
      migrationUrl:
        environment.MIGRATION_DATABASE_URL ?? environment.DIRECT_DATABASE_URL ?? found.databaseUrl,
      migrateOnStart: environment.MIGRATE_ON_START,
      poolSize: environment.DATABASE_POOL_SIZE,
      statementTimeoutMs: environment.STATEMENT_TIMEOUT_MS,
      preparedStatements: environment.PREPARED_STATEMENTS,
    },
    dataDir: dataDir(environment),
    spoolDir: join(dataDir(environment), 'spool'),
    demo: found.embedded || environment.CHORUS_DEMO,
    logLevel: environment.LOG_LEVEL,
    worker: environment.WORKER,
    storage: storage(environment),
    stripImageMetadata: environment.STRIP_IMAGE_METADATA,
    keepAddresses: environment.KEEP_ADDRESSES,
    imports: { maxBytes: environment.IMPORT_MAX_BYTES, maxRows: environment.IMPORT_MAX_ROWS },
    secretKey: found.secretKey,
  });
}

/** Absolute path of the data directory; a relative one is below the working directory. */
export function dataDir({ CHORUS_DATA_DIR: dir }: Environment): string {
  return isAbsolute(dir) ? dir : resolve(dir);
}

function storage(environment: Environment): FileStorageConfig {
  if (environment.STORAGE === 'disk' || !environment.S3_BUCKET) {
    return { kind: 'disk', root: join(dataDir(environment), 'files') };
  }
  return {
    kind: 's3',
    bucket: environment.S3_BUCKET,
    region: environment.S3_REGION,
    forcePathStyle: environment.S3_FORCE_PATH_STYLE,
    prefix: environment.S3_PREFIX,
    ...(environment.S3_ENDPOINT && { endpoint: environment.S3_ENDPOINT }),
    ...(environment.S3_ACCESS_KEY_ID && { accessKeyId: environment.S3_ACCESS_KEY_ID }),
    ...(environment.S3_SECRET_ACCESS_KEY && { secretAccessKey: environment.S3_SECRET_ACCESS_KEY }),
  };
}

function trustProxy(value: string): boolean | number | string {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}
