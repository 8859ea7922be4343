import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { testApp } from '#test/support/test-app.js';

const COPY = 'copy copied (id) from stdin';

describe('a copy', () => {
  const app = testApp();
  let db: Database;

  beforeEach(async () => {
    db = app.server.app.get(Database);
    await app.query('create table if not exists copied (id integer primary key)');
    await app.query('truncate copied');
  });

  async function* lines(count: number, behind?: () => Promise<string> | never): AsyncGenerator<Buffer> {
    for (let id = 0; id < count; id++) yield Buffer.from(`${id}\n`);
    if (behind) yield Buffer.from(await behind());
  }

  function copy(chunks: AsyncIterable<Buffer>): Promise<unknown> {
    return db
      .transaction(() => db.copy(COPY, chunks))
      .then(
        () => 'copied',
        (error: unknown) => error,
      );
  }

  async function copied(): Promise<number> {
    const [row] = await app.query<{ count: number }>('select count(*)::int as count from copied');
    return row!.count;
  }

  it('is there when its transaction is committed', async () => {
    expect(await copy(lines(5_000))).toBe('copied');
    expect(await copied()).toBe(5_000);
  });

  it('is not there at all when its source fails, whose error is told', async () => {
    for (const count of [0, 1, 5_000]) {
      const failure = new Error('The source is dry.');
      expect(await copy(lines(count, () => Promise.reject(failure)))).toBe(failure);
    }
    expect(await copied()).toBe(0);
  });

  it('is not there at all when the database refuses a part of it', async () => {
    expect(await copy(lines(5_000, async () => '7\n'))).toMatchObject({ code: '23505' });
    expect(await copy(lines(5_000, async () => 'seven\n'))).toMatchObject({ code: '22P02' });
    expect(await copied()).toBe(0);
  });

  it('is not there at all when its connection is cut, and others work as before', async () => {
    const cut = async () => {
      // Not by `app.query`, which would join the transaction and wait for the copy.
      await db.source.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and query like 'copy copied%' and pid <> pg_backend_pid()`,
      );
      return '5000\n';
    };
    const error = await copy(lines(5_000, cut));
    expect(error).toBeInstanceOf(DomainError);
    expect((error as DomainError).code).toBe('unavailable');
    expect(await copied()).toBe(0);
    expect(await copy(lines(10))).toBe('copied');
  });

  it('is made in a transaction only', async () => {
    await expect(db.copy(COPY, lines(1))).rejects.toThrow('needs a transaction');
  });
});
