import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { ScopesModule } from '#libs/scopes/scopes.module.js';
import { PlatformModule, type PlatformParts } from '#libs/platform/platform.module.js';
import { WorkerModule } from '#apps/worker/src/worker.module.js';
import { DIALECT_MODULES, DIALECTS } from './dialects/dialects.js';
import { AccessGuard } from './http/access/access.guard.js';
import { DeclaredAccess } from './http/access/declared-access.js';
import { BodyGuard } from './http/body/body.guard.js';
import { DtoPipe } from './http/body/dto.pipe.js';
import type { Dialect } from './http/dialect.js';
import { DialectRegistry } from './http/dialect-registry.js';
import { ErrorFilter } from './http/errors/error.filter.js';
import { HealthController } from './http/health/health.controller.js';
import { MetricsController } from './http/health/metrics.controller.js';
import { StoreMetrics } from './http/health/store-metrics.js';
import { HttpModule } from './http/http.module.js';
import { ProvisioningModule } from './provisioning/provisioning.module.js';

/** The API process. */
@Module({})
export class ApiModule {
  static with(parts: PlatformParts): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.with(parts),
        HttpModule,
        ScopesModule,
        ProvisioningModule,
        ...DIALECT_MODULES,
        ...(parts.config.worker ? [WorkerModule] : []),
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        ...DIALECTS,
        {
          provide: DialectRegistry,
          useFactory: (...dialects: Dialect[]) => new DialectRegistry(dialects),
          inject: [...DIALECTS],
        },
        DeclaredAccess,
        StoreMetrics,
        // In this order: who calls is settled before the body is read.
        { provide: APP_GUARD, useExisting: AccessGuard },
        { provide: APP_GUARD, useExisting: BodyGuard },
        { provide: APP_PIPE, useClass: DtoPipe },
        { provide: APP_FILTER, useClass: ErrorFilter },
      ],
    };
  }
}
