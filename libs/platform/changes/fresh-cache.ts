import { LRUCache } from 'lru-cache';
import type { ChangeFeed, ChangeTopic } from './change-feed.js';

export interface FreshCacheOptions<Value> {
  readonly feed: ChangeFeed;
  /** A change of this topic, or of one of these, drops the entry of its id. */
  readonly topic: ChangeTopic | readonly ChangeTopic[];
  /** A change of one of these drops every entry. */
  readonly clearOn?: readonly ChangeTopic[];
  readonly load: (id: string) => Promise<Value>;
  readonly max?: number;
}

/** The net below notifications. */
const LIVE_MS = 30_000;
/** Alone: what was changed elsewhere must be seen within two seconds. */
const ALONE_MS = 1_000;

interface Entry<Value> {
  readonly value: Value;
  readonly loadedAt: number;
}

/** Keeps what is asked for on every request, and forgets it within two seconds of a change on any process. */
export class FreshCache<Value> {
  private readonly entries: LRUCache<string, Entry<Value>>;
  private readonly loading = new Map<string, Promise<Value>>();

  constructor(private readonly options: FreshCacheOptions<Value>) {
    const { feed, topic, clearOn = [], max = 10_000 } = options;
    const topics = [topic].flat() as ChangeTopic[];
    this.entries = new LRUCache({ max });
    feed.subscribe((change) => {
      if (change === 'unknown' || clearOn.includes(change.topic)) this.clear();
      else if (topics.includes(change.topic)) this.drop(change.id);
    });
  }

  /**
   * The value at hand, or a promise of it: callers on a hot path spare themselves the wait. Inside a transaction what is
   * not at hand is read by the transaction itself. To wait for another caller's read there could be to wait for the
   * connection that oneself holds, and what it reads may never be committed.
   */
  get(id: string): Value | Promise<Value> {
    const entry = this.entries.get(id);
    const life = this.options.feed.live ? LIVE_MS : ALONE_MS;
    if (entry && performance.now() - entry.loadedAt < life) return entry.value;
    if (this.options.feed.inTransaction) return this.options.load(id);
    return this.loading.get(id) ?? this.load(id);
  }

  private load(id: string): Promise<Value> {
    const loadedAt = performance.now();
    const loading: Promise<Value> = this.options
      .load(id)
      .then((value) => {
        // Dropped meanwhile: what was read may be from before the change, and must not stay.
        if (this.loading.get(id) === loading) this.entries.set(id, { value, loadedAt });
        return value;
      })
      .finally(() => {
        if (this.loading.get(id) === loading) this.loading.delete(id);
      });
    this.loading.set(id, loading);
    return loading;
  }

  private drop(id: string): void {
    this.entries.delete(id);
    this.loading.delete(id);
  }

  private clear(): void {
    this.entries.clear();
    this.loading.clear();
  }
}
