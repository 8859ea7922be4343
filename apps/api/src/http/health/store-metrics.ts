import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import { JobQueue, type QueueDepth } from '#libs/platform/jobs/job-queue.js';
import { Metrics } from '#libs/platform/metrics/metrics.js';

/** What `pg` knows of its pool. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** The state of the pool and of the queue, read when /metrics is asked for. */
@Injectable()
export class StoreMetrics implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly db: Database,
    private readonly queue: JobQueue,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge('chorus_database_pool_connections', 'Connections of the pool.', ['state'], (gauge) => {
      const { master } = this.db.source.driver as unknown as { readonly master?: Pool };
      if (!master) return;
      gauge.set({ state: 'busy' }, master.totalCount - master.idleCount);
      gauge.set({ state: 'idle' }, master.idleCount);
      gauge.set({ state: 'waited_for' }, master.waitingCount);
    });
    this.metrics.gauge('chorus_jobs', 'Jobs by queue.', ['queue', 'state'], async (gauge) => {
      gauge.reset();
      for (const { name, waiting, active, failed } of await this.depths()) {
        gauge.set({ queue: name, state: 'waiting' }, waiting);
        gauge.set({ queue: name, state: 'active' }, active);
        gauge.set({ queue: name, state: 'failed' }, failed);
      }
    });
  }
  /** None while the database is away: that is when everything else in the answer is wanted most. */
  private async depths(): Promise<QueueDepth[]> {
    try {
      return await this.queue.depths();
    } catch {
      return [];
    }
  }
}
