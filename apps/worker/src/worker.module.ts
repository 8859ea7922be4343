import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#libs/attachments/attachments.module.js';
import { StatisticsModule } from '#libs/statistics/statistics.module.js';
import { Housekeeping } from './housekeeping.js';
import { Worker } from './worker.js';

/** The background jobs: inside the API process, or alone. */
@Module({ imports: [AttachmentsModule, StatisticsModule], providers: [Housekeeping, Worker] })
export class WorkerModule {}
