import { Injectable } from '@nestjs/common';
import { AttachmentsService } from '#libs/attachments/attachments.service.js';
import { Idempotency } from '#libs/platform/idempotency/idempotency.js';
import type { Job } from '#libs/platform/jobs/job-queue.js';
import { StatisticsService } from '#libs/statistics/statistics.service.js';
import { Logger } from '#libs/platform/logging/logger.js';

/** What has to be tidied up now and then. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly attachments: AttachmentsService,
    private readonly idempotency: Idempotency,
    private readonly statistics: StatisticsService,
    private readonly logger: Logger,
  ) {}

  readonly jobs: readonly Job[] = [
    { name: 'fold-feedback-counts', cron: '* * * * *', run: async () => void (await this.statistics.fold()) },
    { name: 'sweep-files', cron: '17 * * * *', run: () => this.report('files', this.attachments.sweep()) },
    {
      name: 'sweep-idempotency-keys',
      cron: '37 * * * *',
      run: () => this.report('idempotency keys', this.idempotency.sweep()),
    },
  ];

  private async report(what: string, sweep: Promise<number>): Promise<void> {
    const removed = await sweep;
    if (removed > 0) this.logger.info('swept', { what, removed });
  }
}
