import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { AuthModule } from '#libs/auth/auth.module.js';
import { ContentSetsModule } from '#libs/content-sets/content-sets.module.js';
import { FeelbacksModule } from '#libs/feelbacks/feelbacks.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { CallDispatcher } from './calls/call-dispatcher.js';
import { ContentsController } from './contents.controller.js';
import { FeelbacksController } from './feelbacks.controller.js';
import { ProjectsController } from './projects.controller.js';
import { RequestProfiler } from './request-profiler.js';
import { SetsController } from './sets.controller.js';

@Module({
  imports: [AuthModule, ContentSetsModule, FeelbacksModule, ProjectsModule],
  controllers: [ProjectsController, SetsController, ContentsController, FeelbacksController],
  providers: [RequestProfiler],
  exports: [AuthModule],
})
export class FeelbackModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CallDispatcher).forRoutes({ path: 'v0/*call', method: RequestMethod.ALL });
  }
}
