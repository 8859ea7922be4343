import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsService } from './projects.service.js';
import { ProjectsStore } from './projects.store.js';

@Module({
  imports: [AccountsModule, EventsModule],
  providers: [ProjectsService, ProjectsStore],
  exports: [ProjectsService],
})
export class ProjectsModule {}
