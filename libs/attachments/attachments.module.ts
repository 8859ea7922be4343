import { Module } from '@nestjs/common';
import { AttachmentsService } from './attachments.service.js';
import { AttachmentsStore } from './attachments.store.js';

@Module({ providers: [AttachmentsService, AttachmentsStore], exports: [AttachmentsService] })
export class AttachmentsModule {}
