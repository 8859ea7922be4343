import { Module } from '@nestjs/common';
import { AuthModule } from '#libs/auth/auth.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ProjectsController } from './projects.controller.js';
import { RequestProfiler } from './request-profiler.js';

@Module({
  imports: [AuthModule, ProjectsModule],
  controllers: [ProjectsController],
  providers: [RequestProfiler],
  exports: [AuthModule],
})
export class FeelbackModule {}
