import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ContentPiece } from './inspected-file.js';

const CHUNK_BYTES = 64 * 1024;

/**
 * Streams what is to be stored of an inspected file. Nothing is opened before the stream is read; it fails when
 * the original has gone or has become shorter since it was inspected.
 */
export function contentOf(file: {
  readonly path: string;
  readonly pieces: readonly ContentPiece[];
}): Readable {
  return Readable.from(chunksOf(file.path, file.pieces), { objectMode: false });
}

async function* chunksOf(path: string, pieces: readonly ContentPiece[]): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for (const piece of pieces) {
      if (Buffer.isBuffer(piece)) {
        yield piece;
        continue;
      }
      for (let at = piece.start; at < piece.end;) {
        const length = Math.min(CHUNK_BYTES, piece.end - at);
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
        if (bytesRead === 0) throw new Error('A spooled file is shorter than when it was inspected.');
        yield buffer.subarray(0, bytesRead);
        at += bytesRead;
      }
    }
  } finally {
    await file.close();
  }
}
