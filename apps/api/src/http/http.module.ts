import { Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AuthModule } from '#libs/auth/auth.module.js';
import { ScopesModule } from '#libs/scopes/scopes.module.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Config } from '#libs/platform/config/config.js';
import { AccessGuard } from './access/access.guard.js';
import { UserBearerStrategy } from './access/user-bearer.strategy.js';
import { BodyGuard } from './body/body.guard.js';
import { Readiness } from './health/readiness.js';
import { RateLimits } from './rate-limit/rate-limits.js';
import { RouteInventory } from './route-inventory.js';
import { BodySpool } from './uploads/body-spool.js';
import { MultipartReader } from './uploads/multipart-reader.js';
import { sweepSpool } from './uploads/sweep-spool.js';
import { DEFAULT_UPLOAD_LIMITS } from './uploads/upload-limits.js';

/** Longer than any upload may take: what is older, a killed process left behind. */
const SPOOL_AGE_MS = 24 * 3_600_000;

/** What the dialects share on the way in. */
@Global()
@Module({
  imports: [AuthModule, ScopesModule, DiscoveryModule],
  providers: [
    RouteInventory,
    Readiness,
    UserBearerStrategy,
    AccessGuard,
    BodyGuard,
    {
      provide: RateLimits,
      useFactory: ({ http }: Config) => new RateLimits(http.rateLimits),
      inject: [Config],
    },
    {
      provide: MultipartReader,
      useFactory: ({ spoolDir }: Config) => new MultipartReader({ spoolDir, ...DEFAULT_UPLOAD_LIMITS }),
      inject: [Config],
    },
    {
      provide: BodySpool,
      useFactory: ({ spoolDir }: Config) => new BodySpool(spoolDir),
      inject: [Config],
    },
  ],
  exports: [
    DiscoveryModule,
    RouteInventory,
    Readiness,
    RateLimits,
    UserBearerStrategy,
    AccessGuard,
    BodyGuard,
    BodySpool,
    MultipartReader,
  ],
})
export class HttpModule implements OnApplicationBootstrap {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await sweepSpool(this.config.spoolDir, SPOOL_AGE_MS, this.clock.now());
  }
}
