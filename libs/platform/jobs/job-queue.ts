import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import type { Logger } from '#libs/platform/logging/logger.js';

/** A piece of background work. It may run more than once and must bear it. */
export interface Job {
  readonly name: string;
  /** Five cron fields, UTC; a job without a schedule is only sent by others. */
  readonly cron?: string;
  run(): Promise<void>;
}

export interface QueueDepth {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

/** The job queue, in PostgreSQL (pg-boss), so that jobs are as durable as the data that causes them. */
export class JobQueue implements OnModuleInit, OnApplicationShutdown {
  private readonly boss: PgBoss;
  private started = false;

  constructor(
    url: string,
    private readonly logger: Logger,
    private readonly options: { readonly worker: boolean; readonly shutdownSeconds: number },
  ) {
    this.boss = new PgBoss({
      connectionString: url,
      application_name: 'chorus jobs',
      max: 3,
      // The schema comes from our migrations.
      migrate: false,
      createSchema: false,
      supervise: options.worker,
      schedule: options.worker,
    });
    this.boss.on('error', (error) => this.logger.warn('the job queue met an error', { error }));
  }

  async onModuleInit(): Promise<void> {
    await this.boss.start();
    this.started = true;
  }

  /** Runs `jobs` in this process from now on. */
  async work(jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) {
      await this.boss.createQueue(job.name, { retryLimit: 3, retryBackoff: true, expireInSeconds: 900 });
      await this.boss.work(job.name, { pollingIntervalSeconds: 5 }, async () => {
        try {
          await job.run();
        } catch (error) {
          this.logger.error('a job failed and will be tried again', { job: job.name, error });
          throw error;
        }
      });
      if (job.cron) await this.boss.schedule(job.name, job.cron);
    }
  }

  /** How many jobs wait, by queue; as fresh as the supervisor's last count. */
  async depths(): Promise<QueueDepth[]> {
    if (!this.started) return [];
    const queues = await this.boss.getQueues();
    return queues.map(({ name, queuedCount, activeCount, failedCount }) => ({
      name,
      waiting: queuedCount ?? 0,
      active: activeCount ?? 0,
      failed: failedCount ?? 0,
    }));
  }

  /** @throws when the queue cannot be reached */
  async check(): Promise<void> {
    if (!this.started) throw new Error('The job queue is not running.');
    await this.boss.schemaVersion();
  }

  /** Lets the jobs that run finish, for a while. */
  async onApplicationShutdown(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    await this.boss.stop({ graceful: true, timeout: this.options.shutdownSeconds * 1000, close: true });
  }
}
