import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { DataSource, EntityManager } from 'typeorm';
import { unavailableWhenDown } from './database-errors.js';

/** A statement with its parameters, which it numbers from $1. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A connection or a pool of `pg`. */
interface Queryable {
  query(statement: { text: string; name?: string; values: unknown[] }): Promise<unknown>;
}

/** The one door to the database. Stores ask it for the manager; services open transactions with it. */
export class Database {
  private readonly current = new AsyncLocalStorage<EntityManager>();
  /** What waits for the end of an open transaction. */
  private readonly waiting = new WeakMap<EntityManager, (() => void)[]>();

  private readonly composed = new Map<string, { readonly text: string; readonly name?: string }>();

  constructor(
    readonly source: DataSource,
    /** `prepare`: statements may be named, which a pooler in transaction mode does not bear. */
    private readonly options: { readonly prepare: boolean } = { prepare: true },
  ) {}

  /** Runs `work` in one transaction, which nested calls join; it is rolled back when `work` throws. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()) return work();
    const afterwards: (() => void)[] = [];
    let result: T;
    try {
      result = await this.source.transaction((manager) => {
        this.waiting.set(manager, afterwards);
        return this.current.run(manager, work);
      });
    } catch (error) {
      throw unavailableWhenDown(error);
    }
    for (const act of afterwards) act();
    return result;
  }

  /** Whether the caller is inside `transaction`. */
  get inTransaction(): boolean {
    return this.current.getStore() !== undefined;
  }

  /** Runs `act` when the open transaction has been committed, before its caller goes on; at once when there is none. */
  afterCommit(act: () => void): void {
    const manager = this.current.getStore();
    if (manager) this.waiting.get(manager)!.push(act);
    else act();
  }

  /** The open transaction's manager, or one that takes a connection per call. */
  get manager(): EntityManager {
    return this.current.getStore() ?? this.source.manager;
  }

  /** Runs one parametrised statement, in the open transaction if there is one, and answers its rows. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    try {
      const runner = this.current.getStore()?.queryRunner;
      const result: unknown = runner
        ? await runner.query(sql, [...parameters], true).then((outcome) => outcome.records)
        : await this.raw(sql, parameters);
      return result as Row[];
    } catch (error) {
      throw unavailableWhenDown(error);
    }
  }

  /**
   * Writes by several statements in one round trip: each becomes a part of one WITH, so that all of them happen or
   * none. No statement sees what another one of them wrote.
   */
  async writeTogether(statements: readonly Statement[]): Promise<void> {
    try {
      const runner = this.current.getStore()?.queryRunner;
      const connection: Queryable = runner
        ? ((await runner.connect()) as Queryable)
        : (this.source.driver as unknown as { readonly master: Queryable }).master;
      await connection.query({
        ...this.compose(statements),
        values: statements.flatMap(({ values }) => values),
      });
    } catch (error) {
      throw unavailableWhenDown(error);
    }
  }

  /**
   * Streams what COPY reads into `copy ... from stdin`, inside the open transaction. When `chunks` throws, nothing is
   * copied and its error is thrown on; after that, and after any other error, the transaction can only be rolled back.
   * @throws DomainError unavailable
   */
  async copy(sql: string, chunks: AsyncIterable<Buffer>): Promise<void> {
    const runner = this.current.getStore()?.queryRunner;
    if (!runner) throw new Error('A copy needs a transaction.');
    const connection = (await runner.connect()) as { query<T>(stream: T): T };
    const stream = connection.query(copyFrom(sql));
    try {
      await pipeline(Readable.from(chunks, { objectMode: false }), stream);
    } catch (error) {
      throw unavailableWhenDown(error);
    }
  }

  /** The same texts make the same statement, which PostgreSQL then parses and plans once per connection. */
  private compose(statements: readonly Statement[]): { readonly text: string; readonly name?: string } {
    const key = statements.map(({ text }) => text).join(';');
    let composed = this.composed.get(key);
    if (!composed) {
      let offset = 0;
      const parts = statements.map(({ text, values }, index) => {
        const before = offset;
        offset += values.length;
        return `w${index} as (${text.replaceAll(/\$(\d+)/g, (_, n: string) => `$${Number(n) + before}`)})`;
      });
      composed = {
        text: `with ${parts.join(', ')} select`,
        ...(this.options.prepare && { name: `together_${this.composed.size}` }),
      };
      this.composed.set(key, composed);
    }
    return composed;
  }

  private async raw(sql: string, parameters: readonly unknown[]): Promise<unknown> {
    const runner = this.source.createQueryRunner();
    try {
      return (await runner.query(sql, [...parameters], true)).records;
    } finally {
      await runner.release();
    }
  }
}
