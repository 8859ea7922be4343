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

  /** How many rows were made at a time. */
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

  it('lets other requests get their turn every 1,000 rows, as bad lines take longest of all', async () => {
    // Each is a SyntaxError of its own, with a stack: what one piece holds of them would take a quarter of a second.
    let passed = 0;
    const ticking = setInterval(() => passed++, 0);
    const made = await turns('x\n'.repeat(50_000));
    clearInterval(ticking);
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(50_000);
    expect(Math.max(...made)).toBe(1_000);
    expect(passed).toBeGreaterThan(10);
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
