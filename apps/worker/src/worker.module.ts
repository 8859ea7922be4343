import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#libs/attachments/attachments.module.js';
import { Housekeeping } from './housekeeping.js';
import { Worker } from './worker.js';

/** The background jobs: inside the API process, or alone. */
@Module({ imports: [AttachmentsModule], providers: [Housekeeping, Worker] })
export class WorkerModule {}
