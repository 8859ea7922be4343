import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Import } from './import.entity.js';
import { ImportsService } from './imports.service.js';

/** Those who may watch at a time: in this process, and with one credential. */
const MAX_WATCHERS = 200;
const MAX_PER_CREDENTIAL = 10;
/** A word from us at least this often, so that a connection is not thought dead; and a look, should news be lost. */
const HEARTBEAT_MS = 10_000;
const RETRY_AFTER_SECONDS = 5;

/** Lets others watch imports while they run. */
@Injectable()
export class ImportProgress implements OnModuleDestroy {
  /** What to call when something may have happened, by import. */
  private readonly watchers = new Map<() => void, string>();
  private readonly byCredential = new Map<string, number>();
  private stopping = false;

  constructor(
    private readonly imports: ImportsService,
    changes: ChangeFeed,
  ) {
    changes.subscribe((change) => {
      if (change !== 'unknown' && change.topic !== 'import') return;
      for (const [wake, id] of this.watchers) if (change === 'unknown' || change.id === id) wake();
    });
  }

  onModuleDestroy(): void {
    this.stopping = true;
    for (const wake of this.watchers.keys()) wake();
  }

  /**
   * The import as it is and after each change, until it is finished; undefined now and then when nothing changed.
   * @throws DomainError not_found, limited (too many watch), before anything is answered
   */
  async watch(by: Principal, id: string, signal: AbortSignal): Promise<AsyncIterable<Import | undefined>> {
    const first = await this.imports.get(by, id);
    const credential = by.id ?? '';
    const count = this.byCredential.get(credential) ?? 0;
    if (this.watchers.size >= MAX_WATCHERS || count >= MAX_PER_CREDENTIAL) {
      throw new DomainError('limited', 'import-events', 'Too many connections watch imports.', {
        retryAfter: RETRY_AFTER_SECONDS,
      });
    }
    const bell = new Bell();
    const ring = () => bell.ring();
    this.watchers.set(ring, id);
    this.byCredential.set(credential, count + 1);
    signal.addEventListener('abort', ring);
    const leave = () => {
      if (!this.watchers.delete(ring)) return;
      const left = this.byCredential.get(credential)! - 1;
      if (left > 0) this.byCredential.set(credential, left);
      else this.byCredential.delete(credential);
    };
    signal.addEventListener('abort', leave);
    return this.follow(by, first, bell, signal, leave);
  }

  private async *follow(
    by: Principal,
    first: Import,
    bell: Bell,
    signal: AbortSignal,
    leave: () => void,
  ): AsyncGenerator<Import | undefined> {
    try {
      yield first;
      for (let last = first; !last.finishedAt;) {
        await bell.wait(HEARTBEAT_MS);
        if (signal.aborted || this.stopping) return;
        const next = await this.imports.get(by, last.id);
        yield sameProgress(last, next) ? undefined : next;
        last = next;
      }
    } finally {
      leave();
    }
  }
}

/** Wakes one who waits; a ring while nobody waits is not lost. */
class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  async wait(longest: number): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longest);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.rung = false;
    this.wake = undefined;
  }
}

function sameProgress(a: Import, b: Import): boolean {
  return (
    a.state === b.state &&
    a.imported === b.imported &&
    a.duplicates === b.duplicates &&
    a.rejected === b.rejected
  );
}
