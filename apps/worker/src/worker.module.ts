import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#libs/attachments/attachments.module.js';
import { StatisticsModule } from '#libs/statistics/statistics.module.js';
import { ImportModule } from '#libs/import/import.module.js';
import { Housekeeping } from './housekeeping.js';
import { ImportJobs } from './import-jobs.js';
import { Worker } from './worker.js';

/** The background jobs: inside the API process, or alone. */
@Module({
  imports: [AttachmentsModule, ImportModule, StatisticsModule],
  providers: [Housekeeping, ImportJobs, Worker],
})
export class WorkerModule {}
