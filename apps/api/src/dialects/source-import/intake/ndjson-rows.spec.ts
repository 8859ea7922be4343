import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonOutline } from './json/json-outline.js';
import { ndjsonRows } from './ndjson-rows.js';

describe('a body that is read from a file', () => {
  let path: string;

  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'chorus-body-')), 'body');
  });

  afterEach(() => rm(join(path, '..'), { recursive: true }));

  /** How many rows were made at a time, without other requests getting their turn. */
  async function turns(body: string): Promise<number[]> {
    await writeFile(path, body);
    const made: number[] = [];
    for await (const rows of ndjsonRows(path)) made.push(rows.length);
    return made;
  }

  async function outcome(work: () => Promise<unknown>): Promise<string> {
    return work().then(
      () => 'taken',
      (error: unknown) => (error as Error).message,
    );
  }

  it('lets other requests get their turn at least every 64 KB, as bad lines take longest of all', async () => {
    // Each is a SyntaxError of its own, with a stack: 65,536 of them take a quarter of a second.
    const made = await turns('x\n'.repeat(150_000));
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(150_000);
    expect(Math.max(...made)).toBeLessThanOrEqual(32_768);
  });

  it.each([1_040_000, 1_060_000, 1_100_000, 1_170_000, 1_200_000])(
    'has a line of %i bytes taken or refused for its size, not for its place',
    async (size) => {
      const row = `{"more":"${'x'.repeat(size - 11)}"}`;
      const outcomes = new Set<string>();
      for (const before of [0, 60_000, 120_000]) {
        outcomes.add(await outcome(async () => turns(`${' '.repeat(before)}\n${row}\n{}\n`)));
      }
      expect([...outcomes]).toEqual([expect.stringContaining(size <= 1_048_576 ? 'taken' : 'longer than')]);
    },
  );

  it.each([1_040_000, 1_060_000, 1_100_000, 1_170_000, 1_200_000])(
    'has an item of %i bytes taken or refused for its size, not for its place',
    async (size) => {
      const row = `{"more":"${'x'.repeat(size - 11)}"}`;
      const outcomes = new Set<string>();
      for (const before of [0, 60_000, 120_000]) {
        await writeFile(path, `${' '.repeat(before)}{"source_id":"a","payload":[${row},1]}`);
        outcomes.add(await outcome(() => new JsonOutline().read(path)));
      }
      expect([...outcomes]).toEqual([expect.stringContaining(size <= 1_048_576 ? 'taken' : 'more than')]);
    },
  );
});
