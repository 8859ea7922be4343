import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { discardRest } from './discard-rest.js';
import { ensureSpool, SpoolFailure } from './spool-engine.js';
import { uploadErrors } from './upload-errors.js';

/** A refused request may go on for this much before it is cut off. */
const DISCARD_MORE_BYTES = 1024 * 1024;
const DISCARD_MS = 10_000;
/** What may have come and not be written yet, so that receiving and writing need not wait for each other. */
const WRITE_AHEAD_BYTES = 1024 * 1024;
const RETRY_AFTER_SECONDS = 5;

/** A whole body on the local disk. Whoever got it calls `discard` when done, whatever came of it. */
export interface SpooledBody {
  readonly path: string;
  readonly size: number;
  /** SHA-256 of its bytes, in hexadecimal, if it was asked for. */
  readonly digest: string | undefined;
  /** Removes the file. Never rejects: what it misses is swept later. */
  discard(): Promise<void>;
}

/** Writes bodies that are too large for memory to private files, as they come. */
export class BodySpool {
  constructor(private readonly directory: string) {}

  /**
   * Reads the whole request. When it rejects, nothing of the request is left on the disk.
   * @param digested whether its digest is wanted, which takes as long as receiving it
   * @throws DomainError too_large, unsupported (an encoding), invalid (cut off), unavailable (the local disk fails)
   */
  async read(request: Request, maxBytes: number, digested: boolean): Promise<SpooledBody> {
    const path = join(this.directory, randomUUID());
    const discard = () => rm(path, { force: true }).catch(() => undefined);
    try {
      checkHeaders(request, maxBytes);
      await ensureSpool(this.directory);
      return { path, discard, ...(await write(request, path, maxBytes, digested)) };
    } catch (error) {
      discardRest(request, maxBytes + DISCARD_MORE_BYTES, DISCARD_MS);
      await discard();
      throw toPublicError(error, request);
    }
  }
}

/** Refuses what can be refused before the body is read. */
function checkHeaders({ headers }: Request, maxBytes: number): void {
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw new DomainError('unsupported', 'body', 'The encoding of the request body is not supported.');
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

async function write(
  request: Request,
  path: string,
  maxBytes: number,
  digested: boolean,
): Promise<Pick<SpooledBody, 'size' | 'digest'>> {
  const hash = digested ? createHash('sha256') : undefined;
  let size = 0;
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, highWaterMark: WRITE_AHEAD_BYTES });
  file.once('error', (cause) => file.destroy(new SpoolFailure('A body could not be spooled.', { cause })));
  await pipeline(
    // Not the request itself, which the pipeline would close: whoever is refused must get an answer.
    request.iterator({ destroyOnReturn: false }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > maxBytes) throw tooLarge(maxBytes);
        hash?.update(chunk);
        yield chunk;
      }
    },
    file,
  );
  return { size, digest: hash?.digest('hex') };
}

function tooLarge(maxBytes: number): DomainError {
  return new DomainError('too_large', 'body', `The request body must not be larger than ${maxBytes} bytes.`);
}

function toPublicError(error: unknown, request: Request): unknown {
  if (error instanceof DomainError) return error;
  if (error instanceof SpoolFailure || (error as NodeJS.ErrnoException).syscall !== undefined) {
    const message = 'Bodies cannot be received at the moment, please try again later.';
    return new DomainError('unavailable', 'body', message, { retryAfter: RETRY_AFTER_SECONDS }, error);
  }
  return !request.readableEnded ? uploadErrors.aborted(error) : error;
}
