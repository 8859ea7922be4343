import { AsyncLocalStorage } from 'node:async_hooks';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Metrics } from '#libs/platform/metrics/metrics.js';
import { sqlState } from '#libs/platform/database/database-errors.js';

export interface GroupCommitOptions<Row, Result> {
  /** Names the road in metrics. */
  readonly name: string;
  /**
   * Writes the rows in one transaction and answers for each of them, in order, once that is durable: its result, or
   * the error that is its own. Throws when the transaction failed. Must bear to be called again with the same rows.
   */
  readonly write: (rows: readonly Row[]) => Promise<readonly (Result | DomainError)[]>;
  readonly metrics: Metrics;
  /** Rows of one transaction. */
  readonly maxBatch?: number;
  /** Rows that may wait; more are turned away. */
  readonly maxWaiting?: number;
}

interface Waiting<Row, Result> {
  readonly row: Row;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes rows that arrive together by one commit. There is no timer: the first row of an idle road goes at once, and
 * while its commit is in flight the next batch fills. Each caller gets its own answer, after the commit.
 *
 * When the database says that data is at fault (SQLSTATE class 22 or 23), the rows are tried one by one, so that a bad
 * row fails alone. Any other failure is answered to all and not tried again: a commit whose answer was lost may have
 * happened.
 */
export class GroupCommit<Row, Result> {
  private waiting: Waiting<Row, Result>[] = [];
  private flushing = false;
  /** Batches belong to no request: neither its log id nor its open transaction may reach them. */
  private readonly detached = AsyncLocalStorage.snapshot();
  private readonly maxBatch: number;
  private readonly maxWaiting: number;

  constructor(private readonly options: GroupCommitOptions<Row, Result>) {
    this.maxBatch = options.maxBatch ?? 256;
    this.maxWaiting = options.maxWaiting ?? 10_000;
  }

  /** @throws DomainError unavailable when too many rows wait; else what `write` answers for the row */
  add(row: Row): Promise<Result> {
    if (this.waiting.length >= this.maxWaiting) {
      return Promise.reject(
        new DomainError(
          'unavailable',
          this.options.name,
          'Too much is being written at once. Please try again.',
          {
            retryAfter: 1,
          },
        ),
      );
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ row, resolve, reject });
      if (this.flushing) return;
      this.flushing = true;
      void this.detached(() => this.flushAll());
    });
  }

  /** Rows that wait for the commit in flight to end. */
  get depth(): number {
    return this.waiting.length;
  }

  private async flushAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, this.maxBatch);
      this.waiting = this.waiting.slice(this.maxBatch);
      await this.flush(batch);
    }
    this.flushing = false;
  }

  private async flush(batch: readonly Waiting<Row, Result>[]): Promise<void> {
    const { name, write, metrics } = this.options;
    const end = metrics.flushes.startTimer({ road: name });
    metrics.batches.observe({ road: name }, batch.length);
    try {
      const answers = await write(batch.map(({ row }) => row));
      end();
      for (const [index, { resolve, reject }] of batch.entries()) {
        const answer = answers[index]!;
        if (answer instanceof DomainError) reject(answer);
        else resolve(answer);
      }
    } catch (error) {
      end();
      if (batch.length > 1 && isDataFault(error)) {
        for (const one of batch) await this.flush([one]);
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}

function isDataFault(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}
