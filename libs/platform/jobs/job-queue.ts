import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import type { Database } from '#libs/platform/database/database.js';
import type { Logger } from '#libs/platform/logging/logger.js';

/** A piece of background work. It may run more than once and must bear it. */
export interface Job {
  readonly name: string;
  /** Five cron fields, UTC; a job without a schedule is only sent by others. */
  readonly cron?: string;
  readonly queue?: JobOptions;
  /** @param data what was sent along; nothing for a job on a schedule */
  run(data?: unknown): Promise<void>;
}

/** How a job is queued; what is left out suits small jobs on a schedule. */
export interface JobOptions {
  /** Times that it is tried again. */
  readonly retryLimit?: number;
  /** Seconds between two tries; left out, more each time. */
  readonly retryDelay?: number;
  /** Seconds that it may run. */
  readonly expireInSeconds?: number;
  /** Seconds without a sign of life from the worker after which another one takes it up; 10 or more. */
  readonly heartbeatSeconds?: number;
  /** True: workers are told of it at once instead of looking every few seconds. */
  readonly notify?: boolean;
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
  /** Queues that this process has made sure of. */
  private readonly known = new Map<string, Promise<void>>();

  constructor(
    url: string,
    private readonly db: Database,
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
      useListenNotify: options.worker,
      // How often jobs are looked at whose worker gives no sign of life.
      superviseIntervalSeconds: 5,
      monitorIntervalSeconds: 5,
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
      await this.ensure(job);
      const polling = { pollingIntervalSeconds: 5, notifyPollingIntervalSeconds: 5 };
      const worker = await this.boss.work(job.name, polling, async ([sent]) => {
        try {
          await job.run(sent?.data);
        } catch (error) {
          this.logger.error('a job failed and will be tried again', { job: job.name, error });
          throw error;
        } finally {
          // Others may have come meanwhile, of which the worker was told only once.
          this.boss.notifyWorker(worker);
        }
      });
      if (job.cron) await this.boss.schedule(job.name, job.cron);
    }
  }

  /** Queues a job, in the open transaction if there is one: it exists if and only if that commits. */
  async send(job: Pick<Job, 'name' | 'queue'>, data: object): Promise<void> {
    await this.ensure(job);
    const executeSql = async (text: string, values?: unknown[]) => ({
      rows: await this.db.query(text, values),
    });
    await this.boss.send(job.name, data, { db: { executeSql } });
  }

  /** Makes the queue when it is missing, whichever process comes first. */
  private ensure({ name, queue = {} }: Pick<Job, 'name' | 'queue'>): Promise<void> {
    let ensured = this.known.get(name);
    if (!ensured) {
      ensured = this.boss.createQueue(name, {
        retryLimit: 3,
        retryBackoff: queue.retryDelay === undefined,
        expireInSeconds: 900,
        ...queue,
      });
      this.known.set(name, ensured);
      ensured.catch(() => this.known.delete(name));
    }
    return ensured;
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
