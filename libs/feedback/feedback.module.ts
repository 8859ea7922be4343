import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#libs/attachments/attachments.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { FeedbackService } from './feedback.service.js';
import { FeedbackWriter } from './feedback-writer.js';
import { FeedbackStore } from './feedback.store.js';

@Module({
  imports: [AttachmentsModule, EventsModule, ProjectsModule],
  providers: [FeedbackService, FeedbackStore, FeedbackWriter],
  exports: [FeedbackService],
})
export class FeedbackModule {}
