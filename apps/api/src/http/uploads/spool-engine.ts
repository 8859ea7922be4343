import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { StorageEngine } from 'multer';
import type { SpooledFile } from '#libs/attachments/spooled-file.js';

/** The local disk failed, which is our fault and not the sender's. */
export class SpoolFailure extends Error {
  override readonly name = 'SpoolFailure';
}

/** What a finished file adds to multer's own description of it. */
export type SpooledBytes = Pick<SpooledFile, 'path' | 'size'>;

/**
 * Multer's storage engine for one request: streams each part to a private file of its own. A part that grows over
 * the limit loses its bytes at once, and the rest of it is only counted, so that the other files of the request
 * can still be looked at.
 */
export class SpoolEngine implements StorageEngine {
  private readonly paths: string[] = [];
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly directory: string,
    private readonly maxFileBytes: number,
  ) {}

  _handleFile: StorageEngine['_handleFile'] = (_request, file, done) => {
    const work = this.store(file.stream);
    this.running.add(work);
    void work
      .finally(() => this.running.delete(work))
      .then(
        (spooled) => done(null, spooled),
        (error: unknown) => done(error),
      );
  };

  /** Multer asks for this when a request fails; `discard` does it for all files at once. */
  _removeFile: StorageEngine['_removeFile'] = (_request, _file, done) => done(null);

  /** Waits for what is being written and removes everything. The streams must have been ended or destroyed. */
  async discard(): Promise<void> {
    await Promise.allSettled(this.running);
    await Promise.allSettled(this.paths.splice(0).map((path) => rm(path, { force: true })));
  }

  private async store(stream: Readable): Promise<SpooledBytes> {
    const path = join(this.directory, randomUUID());
    this.paths.push(path);
    const file = await disk(stream, () => open(path, 'wx', 0o600));
    let size = 0;
    let isKept = true;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (!isKept) continue;
        isKept = size <= this.maxFileBytes;
        await disk(stream, () => (isKept ? file.writeFile(chunk) : file.truncate(0)));
      }
    } finally {
      await file.close();
      if (!isKept) await rm(path, { force: true }).catch(() => undefined); // empty by now; the sweep finds it
    }
    return { path, size };
  }
}

/** Runs a step on the disk; when it fails, the rest of the part is let through so that the request can end. */
async function disk<T>(stream: Readable, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    stream.resume();
    throw new SpoolFailure('An uploaded file could not be written to the spool directory.', { cause: error });
  }
}

/** Makes the spool directory when it is missing, for this process's user alone. */
export async function ensureSpool(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new SpoolFailure('The spool directory cannot be made.', { cause: error });
  }
}
