import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import { unavailableWhenDown } from './database-errors.js';

/** The one door to the database. Stores ask it for the manager; services open transactions with it. */
export class Database {
  private readonly current = new AsyncLocalStorage<EntityManager>();

  constructor(readonly source: DataSource) {}

  /** Runs `work` in one transaction, which nested calls join; it is rolled back when `work` throws. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.current.getStore()) return work();
    try {
      return await this.source.transaction((manager) => this.current.run(manager, work));
    } catch (error) {
      throw unavailableWhenDown(error);
    }
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

  private async raw(sql: string, parameters: readonly unknown[]): Promise<unknown> {
    const runner = this.source.createQueryRunner();
    try {
      return (await runner.query(sql, [...parameters], true)).records;
    } finally {
      await runner.release();
    }
  }
}
