import type { FileStorageConfig } from '#libs/platform/storage/file-storage-config.js';

/** The process's settings, parsed once; each part of the house is handed the slice it needs. */
export class Config {
  readonly production!: boolean;
  readonly http!: HttpConfig;
  readonly database!: DatabaseConfig;
  /** Absolute path of the directory that this process owns. */
  readonly dataDir!: string;
  /** Where uploads wait on the local disk to be looked at. */
  readonly spoolDir!: string;
  /** True: make the demo workspace when the database is empty. */
  readonly demo!: boolean;
  readonly logLevel!: string;
  /** True: background jobs run in this process. */
  readonly worker!: boolean;
  readonly storage!: FileStorageConfig;
  readonly stripImageMetadata!: boolean;
  /** True: the address that an anonymous feelback came from is kept with it. */
  readonly keepAddresses!: boolean;
  readonly imports!: ImportLimits;
  /** 32 bytes. */
  readonly secretKey!: Buffer;

  constructor(values: Config) {
    Object.assign(this, values);
  }
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  /** Undefined: http://host:port, known once the server listens. */
  readonly publicUrl: string | undefined;
  readonly trustProxy: boolean | number | string;
  readonly corsOrigins: readonly string[];
  readonly metricsToken: string | undefined;
  /** Calls per minute; 0 is no limit. */
  readonly rateLimits: { readonly anonymous: number; readonly credential: number };
  readonly shutdownSeconds: number;
}

export interface ImportLimits {
  /** Bytes of one request's body. */
  readonly maxBytes: number;
  /** Rows of one request. */
  readonly maxRows: number;
}

export interface DatabaseConfig {
  readonly url: string;
  /** Past a pooler: for what needs a session of its own (notifications, jobs). */
  readonly directUrl: string;
  /** The role that owns the tables. */
  readonly migrationUrl: string;
  readonly migrateOnStart: boolean;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** False behind a pooler that hands a connection to another client after each transaction. */
  readonly preparedStatements: boolean;
}
