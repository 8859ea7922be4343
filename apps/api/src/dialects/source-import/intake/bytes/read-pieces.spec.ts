import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ByteWindow } from './byte-window.js';
import { readPieces } from './read-pieces.js';

describe('a file that is read in pieces', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-pieces-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  async function fileOf(bytes: Buffer): Promise<string> {
    const path = join(directory, 'body');
    await writeFile(path, bytes);
    return path;
  }

  /** How often this process has a file open, where the system tells that. */
  async function openFiles(path: string): Promise<number> {
    const open = await readdir('/proc/self/fd').catch(() => []);
    const paths = await Promise.all(open.map((each) => readlink(`/proc/self/fd/${each}`).catch(() => '')));
    return paths.filter((each) => each === path).length;
  }

  it.each([0, 1, 2, 3, 4, 131_071, 131_072, 131_073, 262_144, 600_000])('has its %i bytes', async (size) => {
    const bytes = Buffer.from(Array.from({ length: size }, (_, at) => at % 251));
    const read: Buffer[] = [];
    for await (const piece of readPieces(await fileOf(bytes))) read.push(Buffer.from(piece));
    expect(Buffer.concat(read).equals(bytes)).toBe(true);
    expect(Math.max(0, ...read.map(({ length }) => length))).toBeLessThanOrEqual(131_072);
  });

  it('has no byte order mark, but everything that looks like one elsewhere', async () => {
    for (const [text, expected] of [
      ['\ufeff', ''],
      ['\ufeff{}', '{}'],
      ['\ufeff\ufeff', '\ufeff'],
      [`${'x'.repeat(131_072)}\ufeff`, `${'x'.repeat(131_072)}\ufeff`],
    ] as const) {
      let read = '';
      for await (const piece of readPieces(await fileOf(Buffer.from(text)))) read += piece.toString('utf8');
      expect(read).toBe(expected);
    }
  });

  it('is closed when nobody asks for more, or something goes wrong', async () => {
    const path = await fileOf(Buffer.alloc(200_000));
    for await (const piece of readPieces(path)) if (piece.length > 0) break;
    const failing = (async () => {
      for await (const piece of readPieces(path)) throw new Error(`of ${piece.length} bytes`);
    })();
    await expect(failing).rejects.toThrow('of 131072 bytes');
    expect(await openFiles(path)).toBe(0);
    await expect(readPieces(join(directory, 'missing')).next()).rejects.toThrow('ENOENT');
  });
});

describe('a window on a body', () => {
  it('has what was not dropped, however much that is', () => {
    const window = new ByteWindow();
    let expected = Buffer.alloc(0);
    for (let turn = 0; turn < 60; turn++) {
      const piece = Buffer.alloc(1 + ((turn * 7_919) % 90_000), turn);
      window.append(piece);
      expected = Buffer.concat([expected, piece]);
      if (turn === 20) continue;
      const dropped = turn % 7 === 0 ? expected.length : (turn * 104_729) % expected.length;
      window.drop(dropped);
      expected = expected.subarray(dropped);
      expect(window.bytes.equals(expected)).toBe(true);
    }
  });
});
