import { Metrics } from '#libs/platform/metrics/metrics.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

/** A database whose commits end when the test says so. */
class FakeWriter {
  readonly batches: number[][] = [];
  private readonly pending: (() => void)[] = [];
  fail: (rows: readonly number[]) => Error | undefined = () => undefined;

  readonly write = async (rows: readonly number[]): Promise<number[]> => {
    this.batches.push([...rows]);
    await new Promise<void>((resolve) => this.pending.push(resolve));
    const error = this.fail(rows);
    if (error) throw error;
    return rows.map((row) => row * 10);
  };

  /** Ends the commit in flight and lets the next one begin. */
  async commit(): Promise<void> {
    this.pending.shift()!();
    await new Promise(setImmediate);
  }
}

function road(options: Partial<GroupCommitOptions<number, number>> = {}) {
  const writer = new FakeWriter();
  const commit = new GroupCommit<number, number>({
    name: 'test',
    metrics: new Metrics(),
    write: writer.write,
    ...options,
  });
  return { writer, commit };
}

const fault = (code: string) => Object.assign(new Error('from the database'), { code });

describe('GroupCommit', () => {
  it('writes the first row of an idle road at once, and what arrives meanwhile together', async () => {
    const { writer, commit } = road();
    const answers = [commit.add(1), commit.add(2), commit.add(3)];
    await writer.commit();
    await writer.commit();
    await expect(Promise.all(answers)).resolves.toEqual([10, 20, 30]);
    expect(writer.batches).toEqual([[1], [2, 3]]);
  });

  it('answers nobody before the commit', async () => {
    const { writer, commit } = road();
    let answered = false;
    const answer = commit.add(1).then(() => (answered = true));
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    await writer.commit();
    await answer;
  });

  it('lets a bad row fail alone when the database says that data is at fault', async () => {
    const { writer, commit } = road();
    writer.fail = (rows) => (rows.includes(3) ? fault('23503') : undefined);
    const answers = Promise.allSettled([commit.add(1), commit.add(2), commit.add(3), commit.add(4)]);
    for (let commits = 0; commits < 5; commits++) await writer.commit();
    expect((await answers).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(writer.batches).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
  });

  it('does not try again after any other failure: the commit may have happened', async () => {
    const { writer, commit } = road();
    writer.fail = () => fault('57P01');
    const answers = Promise.allSettled([commit.add(1), commit.add(2), commit.add(3)]);
    await writer.commit();
    await writer.commit();
    expect((await answers).every(({ status }) => status === 'rejected')).toBe(true);
    expect(writer.batches).toEqual([[1], [2, 3]]);
  });

  it('goes on after a failure', async () => {
    const { writer, commit } = road();
    writer.fail = () => fault('57P01');
    const refused = commit.add(1).catch((error: Error) => error.message);
    await writer.commit();
    expect(await refused).toBe('from the database');
    writer.fail = () => undefined;
    const answer = commit.add(2);
    await writer.commit();
    await expect(answer).resolves.toBe(20);
  });

  it('gives a row its own error without failing its neighbours', async () => {
    const refusal = new DomainError('conflict', 'row', 'No.');
    const { commit } = road({
      write: (rows) => Promise.resolve(rows.map((row) => (row === 2 ? refusal : row))),
    });
    const answers = await Promise.allSettled([commit.add(1), commit.add(2), commit.add(3)]);
    expect(answers).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: refusal },
      { status: 'fulfilled', value: 3 },
    ]);
  });

  it('turns rows away when too many wait, with the seconds to wait', async () => {
    const { writer, commit } = road({ maxWaiting: 2 });
    const kept = [commit.add(1), commit.add(2), commit.add(3)];
    await expect(commit.add(4)).rejects.toMatchObject({ code: 'unavailable', details: { retryAfter: 1 } });
    await writer.commit();
    await writer.commit();
    await expect(Promise.all(kept)).resolves.toEqual([10, 20, 30]);
  });

  it('splits what waits into batches of the most rows that one may have', async () => {
    const { writer, commit } = road({ maxBatch: 2 });
    const answers = Promise.all([1, 2, 3, 4, 5, 6].map((row) => commit.add(row)));
    for (let commits = 0; commits < 4; commits++) await writer.commit();
    await answers;
    expect(writer.batches).toEqual([[1], [2, 3], [4, 5], [6]]);
  });
});
