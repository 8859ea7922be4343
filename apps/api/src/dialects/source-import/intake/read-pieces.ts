import { createReadStream } from 'node:fs';

/** Small enough for other requests to get their turn in between. */
const READ_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** What is in a file, a piece at a time, without a byte order mark in front. */
export async function* readPieces(path: string): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    yield isFirst && piece.subarray(0, 3).equals(BYTE_ORDER_MARK) ? piece.subarray(3) : piece;
    isFirst = false;
  }
}
