import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { AuthModule } from '#libs/auth/auth.module.js';
import { FeedbackModule } from '#libs/feedback/feedback.module.js';
import { ScopesModule } from '#libs/scopes/scopes.module.js';
import { FeedbackController } from './feedback.controller.js';
import { PermissionsController } from './permissions.controller.js';
import { ScopedAccess } from './scoped-access.js';
import { ScopedFeedbackService } from './scoped-feedback.service.js';
import { ServerBearer } from './server-bearer.js';

@Module({
  imports: [AccountsModule, AuthModule, FeedbackModule, ScopesModule],
  controllers: [PermissionsController, FeedbackController],
  providers: [ScopedAccess, ScopedFeedbackService, ServerBearer],
  exports: [ServerBearer],
})
export class ScopedFeedbackModule {}
