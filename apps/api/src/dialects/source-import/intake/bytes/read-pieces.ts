import { open } from 'node:fs/promises';

/** Small enough for other requests to get their turn in between. */
const READ_BYTES = 128 * 1024;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * What is in a file, a piece at a time, without a byte order mark in front. A piece is good until the next one is asked
 * for; that one is read meanwhile.
 */
export async function* readPieces(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  let reading: Promise<unknown> | undefined;
  try {
    const read = (memory: Buffer) => file.read(memory, 0, READ_BYTES, null);
    let [memory, other] = [Buffer.allocUnsafeSlow(READ_BYTES), Buffer.allocUnsafeSlow(READ_BYTES)];
    let { bytesRead } = await read(memory);
    let start = memory.subarray(0, Math.min(bytesRead, 3)).equals(BYTE_ORDER_MARK) ? 3 : 0;
    while (bytesRead > 0) {
      const next = read(other);
      reading = next.catch(() => undefined);
      yield memory.subarray(start, bytesRead);
      ({ bytesRead } = await next);
      start = 0;
      [memory, other] = [other, memory];
    }
  } finally {
    // Memory that is being written to must not go back to where it came from.
    await reading;
    await file.close();
  }
}
