import { Module } from '@nestjs/common';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { AttachmentsService } from './attachments.service.js';
import { AttachmentsStore } from './attachments.store.js';
import { UploadsService } from './uploads.service.js';
import { UploadsStore } from './uploads.store.js';

@Module({
  imports: [ProjectsModule],
  providers: [AttachmentsService, AttachmentsStore, UploadsService, UploadsStore],
  exports: [AttachmentsService, UploadsService],
})
export class AttachmentsModule {}
