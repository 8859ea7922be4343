import { Module } from '@nestjs/common';
import { CategoriesModule } from '#libs/categories/categories.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { IssueNames } from './issue-names.js';
import { IssueNamesStore } from './issue-names.store.js';
import { IssuesService } from './issues.service.js';
import { IssuesStore } from './issues.store.js';

@Module({
  imports: [CategoriesModule, EventsModule, ProjectsModule],
  providers: [IssueNames, IssueNamesStore, IssuesService, IssuesStore],
  exports: [IssueNames, IssuesService],
})
export class IssuesModule {}
