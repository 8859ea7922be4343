import { AsyncLocalStorage } from 'node:async_hooks';

export interface GroupReadOptions<Key, Value> {
  /** Reads the values of different keys, in their order. */
  readonly read: (keys: readonly Key[]) => Promise<readonly Value[]>;
  /** The same for the same key. */
  readonly nameOf: (key: Key) => string;
  /** Keys of one read. */
  readonly maxBatch?: number;
}

interface Waiting<Key, Value> {
  readonly key: Key;
  readonly answer: PromiseWithResolvers<Value>;
}

/**
 * Reads what is asked for together by one query, each key once. There is no timer and nothing is kept: while a query
 * is in flight the next one fills, so every answer comes from a query that began after it was asked for.
 */
export class GroupRead<Key, Value> {
  private waiting = new Map<string, Waiting<Key, Value>>();
  private reading = false;
  /** Reads belong to no request: neither its log id nor its open transaction may reach them. */
  private readonly detached = AsyncLocalStorage.snapshot();

  constructor(private readonly options: GroupReadOptions<Key, Value>) {}

  get(key: Key): Promise<Value> {
    const name = this.options.nameOf(key);
    let one = this.waiting.get(name);
    if (!one) {
      one = { key, answer: Promise.withResolvers<Value>() };
      this.waiting.set(name, one);
    }
    if (!this.reading) {
      this.reading = true;
      void this.detached(() => this.readAll());
    }
    return one.answer.promise;
  }

  private async readAll(): Promise<void> {
    while (this.waiting.size > 0) {
      const all = [...this.waiting];
      const batch = all.slice(0, this.options.maxBatch ?? 256);
      this.waiting = new Map(all.slice(batch.length));
      await this.readBatch(batch.map(([, one]) => one));
    }
    this.reading = false;
  }

  private async readBatch(batch: readonly Waiting<Key, Value>[]): Promise<void> {
    try {
      const values = await this.options.read(batch.map(({ key }) => key));
      for (const [index, { answer }] of batch.entries()) answer.resolve(values[index]!);
    } catch (error) {
      for (const { answer } of batch) answer.reject(error);
    }
  }
}
