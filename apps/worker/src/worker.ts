import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueue } from '#libs/platform/jobs/job-queue.js';
import { Housekeeping } from './housekeeping.js';
import { ImportJobs } from './import-jobs.js';

/** Takes up the jobs once everything else stands. */
@Injectable()
export class Worker implements OnApplicationBootstrap {
  constructor(
    private readonly queue: JobQueue,
    private readonly housekeeping: Housekeeping,
    private readonly imports: ImportJobs,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.work([...this.housekeeping.jobs, ...this.imports.jobs]);
    this.imports.resume();
  }
}
