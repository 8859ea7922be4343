import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileStorageContract, unavailableStorageContract } from '#test/support/file-storage-contract.js';
import { createFileStorage } from './create-file-storage.js';
import type { FileStorage } from './file-storage.js';

describe('DiskFileStorage', () => {
  let directory: string;
  let root: string;
  let storage: FileStorage;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-storage-'));
    root = join(directory, 'files');
    storage = await createFileStorage({ kind: 'disk', root });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  fileStorageContract(() => storage);

  it('shows files and directories to nobody else', async () => {
    const key = randomUUID();
    await storage.put(key, Readable.from([Buffer.from('x')]), 1, 'application/pdf');
    const first = join(root, key.slice(-2));
    const second = join(first, key.slice(-4, -2));
    for (const path of [root, first, second]) expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await stat(join(second, key))).mode & 0o777).toBe(0o600);
  });

  it('leaves no half-written file behind', async () => {
    const content = Readable.from([Buffer.from('xy')]);
    await expect(storage.put(randomUUID(), content, 1, 'application/pdf')).rejects.toThrow();
    expect(await readdir(join(root, '.unfinished'))).toEqual([]);
  });

  it('sweeps what a killed process left more than a day ago, and nothing younger', async () => {
    const [old, young] = ['old', 'young'].map((name) => join(root, '.unfinished', name)) as [string, string];
    await Promise.all([writeFile(old, ''), writeFile(young, '')]);
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    await utimes(old, twoDaysAgo, twoDaysAgo);
    await storage.check();
    expect(await readdir(join(root, '.unfinished'))).toEqual(['young']);
  });

  describe('whose directory is not one', () => {
    let broken: FileStorage;
    beforeAll(async () => {
      const file = join(directory, 'a-file');
      await mkdir(directory, { recursive: true });
      await writeFile(file, '');
      broken = await createFileStorage({ kind: 'disk', root: file });
    });
    unavailableStorageContract(() => broken);
  });
});
