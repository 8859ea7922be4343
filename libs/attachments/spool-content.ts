import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** A content that waits on the local disk to be looked at. */
export interface SpooledContent {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Never rejects: what it misses is swept later. */
  discard(): Promise<void>;
}

/**
 * Writes a content into a private file of its own. Nothing is left when it rejects.
 * @throws DomainError too_large as soon as there is more than `maxBytes`; whatever error the content fails with
 */
export async function spoolContent(
  directory: string,
  content: Readable,
  maxBytes: number,
): Promise<SpooledContent> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, randomUUID());
  const discard = () => rm(path, { force: true }).catch(() => undefined);
  const file = await open(path, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new DomainError('too_large', 'file', `The file is larger than ${maxBytes} bytes.`);
      }
      await file.writeFile(chunk);
    }
  } catch (error) {
    await discard();
    throw error;
  } finally {
    await file.close();
  }
  return { path, size, discard };
}
