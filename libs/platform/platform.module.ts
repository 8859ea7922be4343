import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ChangeFeed } from './changes/change-feed.js';
import { Clock, SystemClock } from './clock/clock.js';
import { Config } from './config/config.js';
import { PublicUrl } from './config/public-url.js';
import { LinkSigner } from './crypto/link-signer.js';
import { PasswordHasher } from './crypto/password-hasher.js';
import { SecretBox } from './crypto/secret-box.js';
import { Database } from './database/database.js';
import { Idempotency } from './idempotency/idempotency.js';
import { JobQueue } from './jobs/job-queue.js';
import { Logger } from './logging/logger.js';
import { Metrics } from './metrics/metrics.js';
import { createFileStorage } from './storage/create-file-storage.js';
import { FileStorage } from './storage/file-storage.js';

/** What the entry points make before Nest does anything, and tests replace. */
export interface PlatformParts {
  readonly config: Config;
  readonly source: DataSource;
  readonly logger: Logger;
  readonly clock?: Clock;
}

/** What every domain module may ask for. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, source, logger, clock = new SystemClock() }: PlatformParts): DynamicModule {
    const db = new Database(source, { prepare: config.database.preparedStatements });
    const providers = [
      { provide: Config, useValue: config },
      { provide: Logger, useValue: logger },
      { provide: Clock, useValue: clock },
      { provide: Database, useValue: db },
      { provide: PublicUrl, useValue: new PublicUrl(config.http.publicUrl) },
      { provide: SecretBox, useValue: new SecretBox(config.secretKey) },
      { provide: LinkSigner, useValue: new LinkSigner(config.secretKey) },
      { provide: PasswordHasher, useValue: new PasswordHasher() },
      { provide: Metrics, useValue: new Metrics() },
      {
        provide: JobQueue,
        useFactory: () =>
          new JobQueue(config.database.directUrl, db, logger, {
            worker: config.worker,
            shutdownSeconds: config.http.shutdownSeconds,
          }),
      },
      {
        provide: ChangeFeed,
        useFactory: () => new ChangeFeed(config.database.directUrl, db, logger),
      },
      { provide: FileStorage, useFactory: () => createFileStorage(config.storage) },
      {
        provide: Idempotency,
        useFactory: () => new Idempotency(db, clock),
      },
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
