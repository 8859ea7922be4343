import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { sqlState } from '#libs/platform/database/database-errors.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Logger } from '#libs/platform/logging/logger.js';
import { Turns } from '#libs/platform/turns/turns.js';
import { type BlockRef, type ChunkCounts, ChunksStore, type HeldImport } from './chunks.store.js';
import type { ImportState } from './import.entity.js';
import { type ImportRef, ImportsStore } from './imports.store.js';
import { StagingStore } from './staging.store.js';

/** Rows that one transaction moves, of one block: more would make those wait who write at the same time. */
const CHUNK = 1_000;
/**
 * Of the time that a chunk took, how much the next one waits, for others: from the first when this process has nothing
 * else to do up to the second when it is busy all the time.
 */
const PAUSE_SHARE = [0.1, 0.6] as const;
/** Tries in a row that may fail, for reasons that are ours, before an import is given up. */
const MAX_FAILURES = 30;
const RETRY_MS = 500;
/** Imports that are taken up again at a start. */
const RESUMED = 1_000;

/**
 * Moves the staged rows of imports into the store: a chunk a transaction, with its progress, so that whatever is
 * killed, the next try goes on behind the last chunk that was committed. One chunk at a time in a process.
 */
@Injectable()
export class ImportRunner implements OnModuleDestroy {
  private readonly turns = new Turns(1);
  private stopping = false;

  constructor(
    private readonly chunks: ChunksStore,
    private readonly imports: ImportsStore,
    private readonly staging: StagingStore,
    private readonly db: Database,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Goes on with what another process, which was killed, left behind: its job would be missed only seconds later. */
  async resume(): Promise<void> {
    for (const ref of await this.imports.unfinished(RESUMED)) {
      if (this.stopping) return;
      await this.run(ref);
    }
  }

  /** Moves all rows of an import; does nothing when it is finished. @throws when this process is told to stop */
  run(ref: ImportRef): Promise<void> {
    return this.turns.take(async () => {
      let size = CHUNK;
      for (;;) {
        if (this.stopping) throw new Error('The process stops; the import goes on at the next start.');
        const began = performance.now();
        const before = performance.eventLoopUtilization();
        const outcome = await this.try(ref, size);
        if (outcome === 'finished') return;
        if (outcome === 'moved') {
          size = CHUNK;
          const { utilization } = performance.eventLoopUtilization(before);
          await pause((performance.now() - began) * pauseShare(utilization));
        }
        if (outcome === 'bad-data') size = Math.max(1, Math.floor(size / 10));
        if (outcome === 'failed') await pause(RETRY_MS);
      }
    });
  }

  private async try(ref: ImportRef, size: number): Promise<'moved' | 'finished' | 'bad-data' | 'failed'> {
    try {
      return await this.db.transaction(() => this.moveChunk(ref, size));
    } catch (error) {
      // SQLSTATE 22 and 23: the data is at fault. The chunk is tried in smaller pieces, down to the row.
      const atFault = /^2[23]/.test(sqlState(error) ?? '');
      if (atFault && size > 1) return 'bad-data';
      if (atFault && (await this.rejectRow(ref))) return 'moved';
      this.logger.warn('a chunk of an import failed and will be tried again', { import: ref.id, error });
      return this.giveUp(ref, error);
    }
  }

  /** In a transaction. */
  private async moveChunk(ref: ImportRef, size: number): Promise<'moved' | 'finished'> {
    const held = await this.chunks.hold(ref);
    if (!held) return 'finished';
    const block = await this.chunks.firstBlock(ref);
    if (!block) return this.conclude(held);
    const now = this.clock.now();
    const end = Math.min(block.done + size, block.count);
    const { taken, imported } = await this.chunks.move(held, block, end, now);
    await this.settle(ref, block, end, { imported, duplicates: taken - imported, rejected: 0, now });
    return 'moved';
  }

  /** Leaves out the next row, which the database refuses. False when it is not the row that it refuses. */
  private rejectRow(ref: ImportRef): Promise<boolean> {
    return this.db.transaction(async () => {
      const held = await this.chunks.hold(ref);
      const block = held && (await this.chunks.firstBlock(ref));
      if (!block || !(await this.chunks.hasRow(ref, block.number, block.done))) return false;
      const error = { number: block.number + block.done, field: '', message: 'could not be stored' };
      await this.imports.insertErrors(ref, [error]);
      const step = { imported: 0, duplicates: 0, rejected: 1, now: this.clock.now() };
      await this.settle(ref, block, block.done + 1, step);
      return true;
    });
  }

  /** In a transaction: notes what became of rows of a block, and tells who watches. */
  private async settle(ref: ImportRef, block: BlockRef, end: number, step: ChunkCounts): Promise<void> {
    await this.chunks.settle(ref, block, end);
    await this.chunks.advance(ref, { ...step, nextRow: block.number + end });
    await this.changes.announce('import', ref.id);
  }

  /** In a transaction: no block is left. */
  private async conclude(held: HeldImport): Promise<'moved' | 'finished'> {
    if ((await this.staging.adopt(held)) > 0) return 'moved';
    await this.finish(held, held.rejected > 0 ? 'completed_with_errors' : 'completed', null);
    await this.changes.announce('import', held.id);
    return 'finished';
  }

  private async giveUp(ref: ImportRef, cause: unknown): Promise<'finished' | 'failed'> {
    // While the database is away nothing can be counted, and nothing is wrong with the import.
    if (cause instanceof DomainError && cause.code === 'unavailable') return 'failed';
    try {
      return await this.db.transaction(async () => {
        if ((await this.chunks.countFailure(ref)) < MAX_FAILURES) return 'failed';
        const held = await this.chunks.hold(ref);
        if (held)
          await this.finish(held, 'failed', 'The rows could not be stored. Please ask your operator.');
        await this.changes.announce('import', ref.id);
        return 'finished';
      });
    } catch (error) {
      this.logger.warn('a failure of an import could not be counted', { import: ref.id, error });
      return 'failed';
    }
  }

  /** One event for the whole import. */
  private async finish(held: HeldImport, state: ImportState, error: string | null): Promise<void> {
    await this.chunks.finish(held, state, error, this.clock.now());
    await this.events.append([
      {
        type: state === 'failed' ? 'import.failed' : 'import.completed',
        accountId: held.accountId,
        projectId: held.projectId,
        actor: { kind: 'key', id: held.credentialId },
        subjectId: held.id,
        data: { sourceId: held.sourceId, state },
      },
    ]);
  }
}

/** @param busy how much of the time the process was: 0 to 1 */
function pauseShare(busy: number): number {
  const [least, most] = PAUSE_SHARE;
  return least + (most - least) * busy;
}
