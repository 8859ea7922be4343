import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueue } from '#libs/platform/jobs/job-queue.js';
import { Housekeeping } from './housekeeping.js';

/** Takes up the jobs once everything else stands. */
@Injectable()
export class Worker implements OnApplicationBootstrap {
  constructor(
    private readonly queue: JobQueue,
    private readonly housekeeping: Housekeeping,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.work(this.housekeeping.jobs);
  }
}
