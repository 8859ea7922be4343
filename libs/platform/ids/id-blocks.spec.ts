import type { Database } from '#libs/platform/database/database.js';
import { IdBlocks } from './id-blocks.js';

/** A sequence that counts by its increment, and fails when it is told to. */
class FakeSequence {
  asked = 0;
  fail = false;
  private last = 1 - 64;

  readonly db = {
    query: async () => {
      this.asked++;
      await Promise.resolve();
      if (this.fail) throw new Error('away');
      this.last += 64;
      return [{ first: this.last }];
    },
  } as unknown as Database;
}

describe('IdBlocks', () => {
  const blocks = (sequence: FakeSequence) => new IdBlocks(sequence.db, 'feedback_id_seq', 64);

  it('hands out every id of a block before it asks for the next', async () => {
    const sequence = new FakeSequence();
    const ids = blocks(sequence);
    const taken: number[] = [];
    for (let n = 0; n < 130; n++) taken.push(await ids.take());
    expect(taken).toEqual(Array.from({ length: 130 }, (_, n) => n + 1));
    expect(sequence.asked).toBe(3);
  });

  it('never hands an id out twice, to those who ask at the same moment', async () => {
    const sequence = new FakeSequence();
    const ids = blocks(sequence);
    const taken = await Promise.all(Array.from({ length: 1000 }, () => ids.take()));
    expect(new Set(taken).size).toBe(1000);
    expect(sequence.asked).toBe(Math.ceil(1000 / 64));
  });

  it('never overlaps with another process', async () => {
    const sequence = new FakeSequence();
    const processes = [blocks(sequence), blocks(sequence)];
    const taken = await Promise.all(Array.from({ length: 300 }, (_, n) => processes[n % 2]!.take()));
    expect(new Set(taken).size).toBe(300);
  });

  it('rejects while the database is away, and goes on when it is back', async () => {
    const sequence = new FakeSequence();
    const ids = blocks(sequence);
    sequence.fail = true;
    const refused = await Promise.allSettled([ids.take(), ids.take()]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    sequence.fail = false;
    expect(await ids.take()).toBe(1);
  });
});
