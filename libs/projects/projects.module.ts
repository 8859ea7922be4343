import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectDirectoryService } from './project-directory.service.js';
import { ProjectDirectoryStore } from './project-directory.store.js';
import { ProjectsService } from './projects.service.js';
import { ProjectsStore } from './projects.store.js';

@Module({
  imports: [AccountsModule, EventsModule],
  providers: [ProjectDirectoryService, ProjectDirectoryStore, ProjectsService, ProjectsStore],
  exports: [ProjectDirectoryService, ProjectsService],
})
export class ProjectsModule {}
