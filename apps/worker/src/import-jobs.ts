import { Injectable } from '@nestjs/common';
import { EARLIER_IMPORT_JOB, IMPORT_JOB, type ImportJobData } from '#libs/import/import-job.js';
import { ImportRunner } from '#libs/import/import-runner.js';
import { ImportsService } from '#libs/import/imports.service.js';
import type { Job } from '#libs/platform/jobs/job-queue.js';
import { Logger } from '#libs/platform/logging/logger.js';

/** Moves what was imported into the store, and tidies up behind it. */
@Injectable()
export class ImportJobs {
  constructor(
    private readonly runner: ImportRunner,
    private readonly imports: ImportsService,
    private readonly logger: Logger,
  ) {}

  readonly jobs: readonly Job[] = [
    { ...IMPORT_JOB, run: (data) => this.runner.run(data as ImportJobData) },
    { ...IMPORT_JOB, name: EARLIER_IMPORT_JOB, run: (data) => this.runner.run(data as ImportJobData) },
    { name: 'sweep-imports', cron: '47 * * * *', run: () => this.sweep() },
  ];

  /** Beside the jobs: nobody waits for it. */
  resume(): void {
    this.runner.resume().catch((error: unknown) => {
      this.logger.warn('imports were not taken up again at once, their jobs will do it', { error });
    });
  }

  private async sweep(): Promise<void> {
    const removed = await this.imports.sweep();
    if (removed > 0) this.logger.info('swept', { what: 'staged rows', removed });
  }
}
