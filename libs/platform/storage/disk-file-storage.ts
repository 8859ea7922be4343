import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { exactLength } from './exact-length.js';
import { requireFileKey } from './file-key.js';
import { FileStorage } from './file-storage.js';
import { fileNotFound, storageUnavailable } from './storage-errors.js';

const UNFINISHED_KEPT_MS = 24 * 3_600_000;
const REMOVED_AT_ONCE = 16;

/**
 * Files in a directory tree, `<root>/<aa>/<bb>/<uuid>`. The two levels are the last digits of the key, because
 * the first ones of a UUIDv7 are the time and would put a month's files into one directory. A file is written
 * under `<root>/.unfinished` and renamed when it is on disk, so what has its final name is always whole.
 */
export class DiskFileStorage extends FileStorage {
  private readonly root: string;
  private readonly unfinished: string;

  constructor(root: string) {
    super();
    this.root = resolve(root);
    this.unfinished = join(this.root, '.unfinished');
  }

  override async put(key: string, content: Readable, size: number): Promise<void> {
    const path = this.pathOf(key);
    const draft = join(this.unfinished, randomUUID());
    try {
      const file = await disk(() => this.create(draft));
      try {
        for await (const chunk of exactLength(content, size)) await disk(() => writeAll(file, chunk));
        await disk(() => file.sync());
      } finally {
        await file.close();
      }
      await disk(() => this.publish(draft, path));
    } catch (error) {
      content.destroy();
      await rm(draft, { force: true }).catch(() => undefined); // the first error is the one to tell
      throw error;
    }
  }

  override async get(key: string): Promise<Readable> {
    const path = this.pathOf(key);
    try {
      return (await open(path, 'r')).createReadStream();
    } catch (error) {
      throw isMissing(error) ? fileNotFound(error) : storageUnavailable(error);
    }
  }

  override async remove(keys: readonly string[]): Promise<void> {
    const paths = keys.map((key) => this.pathOf(key));
    for (let at = 0; at < paths.length; at += REMOVED_AT_ONCE) {
      const batch = paths.slice(at, at + REMOVED_AT_ONCE);
      await disk(() => Promise.all(batch.map((path) => rm(path, { force: true }))));
    }
  }

  override directUpload(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** Also removes what a killed process left half-written more than a day ago. */
  override async check(): Promise<void> {
    await disk(async () => {
      await mkdir(this.unfinished, { recursive: true, mode: 0o700 });
      await access(this.root, constants.R_OK | constants.W_OK | constants.X_OK);
      await access(this.unfinished, constants.W_OK | constants.X_OK);
      for (const name of await readdir(this.unfinished)) await removeIfOld(join(this.unfinished, name));
    });
  }

  private pathOf(key: string): string {
    requireFileKey(key);
    return join(this.root, key.slice(-2), key.slice(-4, -2), key);
  }

  private async create(draft: string): Promise<FileHandle> {
    await mkdir(this.unfinished, { recursive: true, mode: 0o700 });
    return open(draft, 'wx', 0o600);
  }

  private async publish(draft: string, path: string): Promise<void> {
    const directory = dirname(path);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await rename(draft, path);
    // A name is durable when its directory is, and so for the directories above. They are synced even when
    // they were there before: another write may have made them a moment ago and not have synced them yet.
    for (const each of [directory, dirname(directory), this.root]) await syncDirectory(each);
  }
}

/** Turns a failure of the file system into the one error that callers know; errors of the content stay as they are. */
async function disk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageUnavailable(error);
  }
}

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  let written = 0;
  while (written < chunk.length) written += (await file.write(chunk, written)).bytesWritten;
}

async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory; its file systems journal names themselves.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Compared with the machine's clock, not the application's, because the file's time is the machine's too. */
async function removeIfOld(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined); // finished or removed by another process meanwhile
  if (found && Date.now() - found.mtimeMs > UNFINISHED_KEPT_MS) await rm(path, { force: true });
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
