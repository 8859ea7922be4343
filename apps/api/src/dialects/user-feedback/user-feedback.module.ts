import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#libs/attachments/attachments.module.js';
import { AuthModule } from '#libs/auth/auth.module.js';
import { CategoriesModule } from '#libs/categories/categories.module.js';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { FeedbackModule } from '#libs/feedback/feedback.module.js';
import { IssuesModule } from '#libs/issues/issues.module.js';
import { Config } from '#libs/platform/config/config.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { CategoriesController } from './categories.controller.js';
import { FeedbackIssuesController } from './feedback-issues.controller.js';
import { FeedbackReads } from './feedback-reads.js';
import { FeedbackWrites } from './feedback-writes.js';
import { FeedbacksController } from './feedbacks.controller.js';
import { FilesController } from './images/files.controller.js';
import { FormReader } from './images/form-reader.js';
import { ImageLinks } from './images/image-links.js';
import { ImageUpload } from './images/image-upload.js';
import { ImagesController } from './images/images.controller.js';
import { OwnImagesService } from './images/own-images.js';
import { PublicFiles } from './images/public-files.js';
import { IssueCategoriesController } from './issue-categories.controller.js';
import { IssuesController } from './issues.controller.js';
import { ProjectsController } from './projects.controller.js';
import { SearchV2Controller } from './search-v2.controller.js';

@Module({
  imports: [
    AttachmentsModule,
    AuthModule,
    CategoriesModule,
    ChannelsModule,
    FeedbackModule,
    IssuesModule,
    ProjectsModule,
  ],
  controllers: [
    FeedbacksController,
    ImagesController,
    FeedbackIssuesController,
    SearchV2Controller,
    IssuesController,
    IssueCategoriesController,
    ProjectsController,
    CategoriesController,
    FilesController,
  ],
  providers: [
    FeedbackReads,
    FeedbackWrites,
    ImageLinks,
    ImageUpload,
    OwnImagesService,
    PublicFiles,
    {
      provide: FormReader,
      useFactory: ({ spoolDir }: Config) => new FormReader(spoolDir),
      inject: [Config],
    },
  ],
  exports: [AuthModule],
})
export class UserFeedbackModule {}
