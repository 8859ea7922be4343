import { Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { ContentSetsModule } from '#libs/content-sets/content-sets.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { FeedbackModule } from '#libs/feedback/feedback.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { FeelbackMirror } from './feelback-mirror.js';
import { FeelbackWriter } from './feelback-writer.js';
import { FeelbacksService } from './feelbacks.service.js';
import { FeelbacksStore } from './feelbacks.store.js';
import { RollupsStore } from './rollups.store.js';
import { StatisticsService } from './statistics.service.js';

@Module({
  imports: [ChannelsModule, ContentSetsModule, EventsModule, FeedbackModule, ProjectsModule],
  providers: [
    FeelbacksService,
    FeelbacksStore,
    FeelbackWriter,
    FeelbackMirror,
    RollupsStore,
    StatisticsService,
  ],
  exports: [FeelbacksService, StatisticsService],
})
export class FeelbacksModule {}
