import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepSpool } from './sweep-spool.js';

const HOUR_MS = 3_600_000;

describe('sweepSpool', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-sweep-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('removes what is older than the age given, and nothing else', async () => {
    const now = new Date();
    for (const [name, hours] of Object.entries({ old: 3, older: 30, young: 1 })) {
      await writeFile(join(directory, name), '');
      const then = now.getTime() / 1000 - hours * 3_600;
      await utimes(join(directory, name), then, then);
    }
    expect(await sweepSpool(directory, 2 * HOUR_MS, now)).toBe(2);
    expect(await readdir(directory)).toEqual(['young']);
  });

  it('minds no directory that is not there yet', async () => {
    expect(await sweepSpool(join(directory, 'none'), HOUR_MS, new Date())).toBe(0);
  });
});
