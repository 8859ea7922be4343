import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { AuthModule } from '#libs/auth/auth.module.js';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { FeedbackModule } from '#libs/feedback/feedback.module.js';
import { ContentSetsModule } from '#libs/content-sets/content-sets.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { DEMO_SECTIONS } from './demo/demo-sections.js';
import { DemoWorkspace } from './demo/demo-workspace.js';
import { ProvisioningService } from './provisioning.service.js';

@Module({
  imports: [AccountsModule, AuthModule, ChannelsModule, ContentSetsModule, FeedbackModule, ProjectsModule],
  providers: [ProvisioningService, DemoWorkspace, ...DEMO_SECTIONS],
  exports: [ProvisioningService, DemoWorkspace],
})
export class ProvisioningModule {}
