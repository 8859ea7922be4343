import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { plainToInstance } from 'class-transformer';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { entities } from '#libs/entities.js';
import { ContentSetsService, type NewContentSet } from '#libs/content-sets/content-sets.service.js';
import type { ContentSet } from '#libs/content-sets/content-set.entity.js';
import { ContentsService } from '#libs/content-sets/contents.service.js';
import { FeelbacksModule } from '#libs/feelbacks/feelbacks.module.js';
import { FeelbacksService } from '#libs/feelbacks/feelbacks.service.js';
import { StatisticsService } from '#libs/feelbacks/statistics.service.js';
import { buildConfig } from '#libs/platform/config/build-config.js';
import { Environment } from '#libs/platform/config/environment.js';
import { createDataSource } from '#libs/platform/database/data-source.js';
import { Database } from '#libs/platform/database/database.js';
import { PlatformModule } from '#libs/platform/platform.module.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { ProvisioningModule } from '#apps/api/src/provisioning/provisioning.module.js';
import { MemoryLogger } from './memory-logger.js';
import { Seed, type SeededAccount } from './seed.js';
import { TestClock } from './test-clock.js';
import { testDatabase } from './test-database.js';

/** The services of one process. */
export interface FeelbackServices {
  readonly sets: ContentSetsService;
  readonly contents: ContentsService;
  readonly feelbacks: FeelbacksService;
  readonly statistics: StatisticsService;
  readonly projects: ProjectsService;
  readonly channels: ChannelsService;
}

/** Content sets and feelbacks without HTTP, as two processes on one database; there from `beforeAll` on. */
export interface FeelbackDomain extends FeelbackServices {
  readonly other: FeelbackServices;
  readonly clock: TestClock;
  readonly seed: Seed;
  readonly account: SeededAccount;
  readonly projectId: number;
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** A new set of the account's project. */
  set(input: Partial<NewContentSet>): Promise<ContentSet>;
}

export function feelbackDomain(): FeelbackDomain {
  const domain = {} as { -readonly [Member in keyof FeelbackDomain]: FeelbackDomain[Member] };
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const database = await testDatabase();
    stops.push(() => database.drop());
    const environment = plainToInstance(
      Environment,
      { NODE_ENV: 'test', WORKER: false },
      { exposeDefaultValues: true },
    );
    const config = buildConfig(environment, {
      databaseUrl: database.url,
      secretKey: Buffer.alloc(32, 7),
      embedded: false,
    });
    domain.clock = new TestClock();
    const process = async () => {
      const source = await createDataSource({ url: database.url, entities, poolSize: 10 }).initialize();
      stops.push(() => source.destroy());
      const parts = { config, source, logger: new MemoryLogger(), clock: domain.clock };
      class DomainModule {}
      const app = await NestFactory.createApplicationContext(
        {
          module: DomainModule,
          imports: [PlatformModule.with(parts), FeelbacksModule, ProvisioningModule],
        },
        { logger: false, abortOnError: false },
      );
      stops.push(() => app.close());
      return app;
    };
    const [first, second] = [await process(), await process()];
    Object.assign(domain, services(first));
    domain.other = services(second);
    domain.seed = new Seed(first);
    domain.account = await domain.seed.account();
    domain.projectId = (await domain.seed.project(domain.account)).id;
    const db = first.get(Database);
    domain.query = (sql, parameters) => db.query(sql, parameters);
    let count = 0;
    domain.set = (input) =>
      domain.sets.create(domain.account.system, {
        projectId: domain.projectId,
        key: `set-${++count}`,
        name: `Set ${count}`,
        schema: 'pulse',
        publicAggregates: true,
        ...input,
      });
  });

  afterEach(() => domain.clock?.reset());

  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  return domain;
}

function services(app: INestApplicationContext): FeelbackServices {
  const get = <T>(type: new (...args: never[]) => T) => app.get<T>(type, { strict: false });
  return {
    sets: get(ContentSetsService),
    contents: get(ContentsService),
    feelbacks: get(FeelbacksService),
    statistics: get(StatisticsService),
    projects: get(ProjectsService),
    channels: get(ChannelsService),
  };
}
