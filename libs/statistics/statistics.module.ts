import { Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { FeedbackCountsStore } from './feedback-counts.store.js';
import { HandlingTimesStore } from './handling-times.store.js';
import { IssueCountsStore } from './issue-counts.store.js';
import { StatisticsService } from './statistics.service.js';

@Module({
  imports: [ChannelsModule, ProjectsModule],
  providers: [FeedbackCountsStore, HandlingTimesStore, IssueCountsStore, StatisticsService],
  exports: [StatisticsService],
})
export class StatisticsModule {}
