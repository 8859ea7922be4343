import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import { pendingMigrations } from '#libs/platform/database/pending-migrations.js';
import { JobQueue } from '#libs/platform/jobs/job-queue.js';
import { Logger } from '#libs/platform/logging/logger.js';

export type CheckName = 'database' | 'migrations' | 'queue' | 'accepting';

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<CheckName, 'ok' | 'failed'>>;
}

/** A check that takes longer has failed: an orchestrator must get its answer. */
const PATIENCE_MS = 2_000;

/** Says whether this process can do its work: database, migrations, queue, and not shutting down. */
@Injectable()
export class Readiness {
  private accepting = false;
  private stopping = false;

  constructor(
    private readonly db: Database,
    private readonly queue: JobQueue,
    private readonly logger: Logger,
  ) {}

  /** Everything is in place; before that the answer is no. */
  startAccepting(): void {
    this.accepting = true;
  }

  /** From now on the answer is no, so that a load balancer sends its requests elsewhere. */
  stopAccepting(): void {
    this.accepting = false;
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  async report(): Promise<ReadinessReport> {
    const [database, migrated, queue] = await Promise.all([
      this.passes('database', () => this.db.query('select 1')),
      this.passes('migrations', () => this.requireMigrations()),
      this.passes('queue', () => this.queue.check()),
    ]);
    const passed = { database, migrations: migrated, queue, accepting: this.accepting };
    const checks = Object.fromEntries(
      Object.entries(passed).map(([name, ok]) => [name, ok ? 'ok' : 'failed']),
    ) as ReadinessReport['checks'];
    return { ready: Object.values(passed).every(Boolean), checks };
  }

  private async requireMigrations(): Promise<void> {
    const missing = await pendingMigrations((sql) => this.db.query(sql));
    if (missing.length > 0) throw new Error(`${missing.length} migrations have not run.`);
  }

  private async passes(name: CheckName, check: () => Promise<unknown>): Promise<boolean> {
    const timeout = AbortSignal.timeout(PATIENCE_MS);
    try {
      await Promise.race([
        check(),
        new Promise((_, reject) =>
          timeout.addEventListener('abort', () => reject(new Error('The check took too long.'))),
        ),
      ]);
      return true;
    } catch (error) {
      this.logger.warn('a readiness check failed', { check: name, error });
      return false;
    }
  }
}
