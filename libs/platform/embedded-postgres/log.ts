import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { logFile } from './data-layout.js';

const MAX_BYTES = 4 * 1024 * 1024;
const KEPT_BYTES = 256 * 1024;
const EVERY_MS = 60_000;

/** PostgreSQL's user owns the log and we may be root, so a link in its place is not followed. */
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;

/** Cuts the log down to its end when it has grown too large, now and every minute; answers how to stop that. */
export async function boundLog(home: string): Promise<() => void> {
  const bound = () => cutDown(logFile(home)).catch(() => undefined);
  await bound();
  const timer = setInterval(() => void bound(), EVERY_MS).unref();
  return () => clearInterval(timer);
}

/** PostgreSQL appends, wherever the end is, so the file may be shortened beneath it. */
async function cutDown(path: string): Promise<void> {
  const file = await open(path, constants.O_RDWR | NO_FOLLOW);
  try {
    const { size } = await file.stat();
    if (size <= MAX_BYTES) return;
    const kept = await file.read(Buffer.alloc(KEPT_BYTES), 0, KEPT_BYTES, size - KEPT_BYTES);
    await file.truncate(0);
    await file.write(kept.buffer.subarray(0, kept.bytesRead), 0, kept.bytesRead, 0);
  } finally {
    await file.close();
  }
}

export async function logSize(home: string): Promise<number> {
  return readFrom(home, (size) => size).then(
    ({ size }) => size,
    () => 0,
  );
}

/** What was logged after the first `from` bytes, the last 8 KB of it. */
export async function readLog(home: string, from: number): Promise<string> {
  return readFrom(home, (size) => Math.max(from, size - 8192)).then(
    ({ text }) => text,
    () => '',
  );
}

async function readFrom(
  home: string,
  start: (size: number) => number,
): Promise<{ size: number; text: string }> {
  const file = await open(logFile(home), constants.O_RDONLY | NO_FOLLOW);
  try {
    const { size } = await file.stat();
    const length = Math.max(0, size - start(size));
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return { size, text: buffer.toString('utf8') };
  } finally {
    await file.close();
  }
}
