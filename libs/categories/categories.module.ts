import { Module } from '@nestjs/common';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { CategoriesService } from './categories.service.js';
import { CategoriesStore } from './categories.store.js';

@Module({
  imports: [EventsModule, ProjectsModule],
  providers: [CategoriesService, CategoriesStore],
  exports: [CategoriesService],
})
export class CategoriesModule {}
