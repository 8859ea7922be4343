import { Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { BulkFeedbackStore } from '#libs/feedback/bulk/bulk-feedback.store.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ChunksStore } from './chunks.store.js';
import { ImportProgress } from './import-progress.js';
import { ImportRunner } from './import-runner.js';
import { ImportsService } from './imports.service.js';
import { ImportsStore } from './imports.store.js';
import { SourcesService } from './sources.service.js';
import { SourcesStore } from './sources.store.js';
import { StagingStore } from './staging.store.js';

@Module({
  imports: [ChannelsModule, EventsModule, ProjectsModule],
  providers: [
    BulkFeedbackStore,
    ChunksStore,
    ImportProgress,
    ImportRunner,
    ImportsService,
    ImportsStore,
    SourcesService,
    SourcesStore,
    StagingStore,
  ],
  exports: [ImportProgress, ImportRunner, ImportsService, SourcesService],
})
export class ImportModule {}
