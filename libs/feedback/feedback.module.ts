import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { AttachmentsModule } from '#libs/attachments/attachments.module.js';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { IssuesModule } from '#libs/issues/issues.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { FeedbackEditingStore } from './editing/feedback-editing.store.js';
import { FeedbackEditor } from './editing/feedback-editor.js';
import { FeedbackService } from './feedback.service.js';
import { FeedbackWriter } from './feedback-writer.js';
import { FeedbackStore } from './feedback.store.js';
import { ScopedFeedback } from './inbox/scoped-feedback.service.js';
import { ScopedInboxStore } from './inbox/scoped-inbox.store.js';
import { ScopedInboxes } from './inbox/scoped-inboxes.service.js';
import { FeedbackIssuesService } from './issues/feedback-issues.service.js';
import { FeedbackIssuesStore } from './issues/feedback-issues.store.js';
import { MirroredFeedback } from './mirror/mirrored-feedback.js';
import { FeedbackListStore } from './search/feedback-list.store.js';
import { FeedbackSearchService } from './search/feedback-search.service.js';
import { FeedbackSearchStore } from './search/feedback-search.store.js';
import { TriageService } from './triage/triage.service.js';
import { FeedbackWorkflow } from './workflow/feedback-workflow.service.js';
import { WorkflowStore } from './workflow/workflow.store.js';

@Module({
  imports: [AccountsModule, AttachmentsModule, ChannelsModule, EventsModule, IssuesModule, ProjectsModule],
  providers: [
    FeedbackService,
    FeedbackStore,
    FeedbackWriter,
    FeedbackEditor,
    FeedbackEditingStore,
    FeedbackIssuesService,
    FeedbackIssuesStore,
    FeedbackSearchService,
    FeedbackSearchStore,
    FeedbackListStore,
    FeedbackWorkflow,
    MirroredFeedback,
    TriageService,
    ScopedFeedback,
    ScopedInboxes,
    ScopedInboxStore,
    WorkflowStore,
  ],
  exports: [
    FeedbackService,
    FeedbackEditor,
    FeedbackIssuesService,
    FeedbackSearchService,
    FeedbackWorkflow,
    MirroredFeedback,
    TriageService,
    ScopedFeedback,
    ScopedInboxes,
  ],
})
export class FeedbackModule {}
