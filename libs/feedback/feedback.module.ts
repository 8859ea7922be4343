import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#libs/attachments/attachments.module.js';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { FeedbackService } from './feedback.service.js';
import { FeedbackWriter } from './feedback-writer.js';
import { FeedbackStore } from './feedback.store.js';
import { ScopedFeedback } from './inbox/scoped-feedback.service.js';
import { ScopedInboxStore } from './inbox/scoped-inbox.store.js';
import { ScopedInboxes } from './inbox/scoped-inboxes.service.js';
import { FeedbackWorkflow } from './workflow/feedback-workflow.service.js';
import { WorkflowStore } from './workflow/workflow.store.js';

@Module({
  imports: [AttachmentsModule, ChannelsModule, EventsModule, ProjectsModule],
  providers: [
    FeedbackService,
    FeedbackStore,
    FeedbackWorkflow,
    FeedbackWriter,
    ScopedFeedback,
    ScopedInboxes,
    ScopedInboxStore,
    WorkflowStore,
  ],
  exports: [FeedbackService, FeedbackWorkflow, ScopedFeedback, ScopedInboxes],
})
export class FeedbackModule {}
