import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#libs/attachments/attachments.module.js';
import { AuthModule } from '#libs/auth/auth.module.js';
import { FeedbackModule } from '#libs/feedback/feedback.module.js';
import { AttachmentUpload } from './attachment-upload.js';
import { AttachmentsController } from './attachments.controller.js';
import { ClientBearerStrategy } from './client-bearer.strategy.js';
import { ClientTokens } from './client-tokens.js';
import { FeedbacksController } from './feedbacks.controller.js';
import { TokenController } from './token.controller.js';
import { TokenService } from './token.service.js';
import { WellKnownController } from './well-known.controller.js';

@Module({
  imports: [AttachmentsModule, AuthModule, FeedbackModule],
  controllers: [TokenController, FeedbacksController, AttachmentsController, WellKnownController],
  providers: [AttachmentUpload, ClientBearerStrategy, ClientTokens, TokenService],
  exports: [ClientBearerStrategy],
})
export class InsiderConnectModule {}
