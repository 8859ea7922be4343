import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformModule, type PlatformParts } from '#libs/platform/platform.module.js';
import { WorkerModule } from './worker.module.js';

/** The worker as a process of its own. */
@Module({})
export class WorkerProcessModule {
  static with(parts: PlatformParts): DynamicModule {
    return { module: WorkerProcessModule, imports: [PlatformModule.with(parts), WorkerModule] };
  }
}
