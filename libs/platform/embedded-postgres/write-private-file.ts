import { open, rename, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';

/** Writes a file that only we may read, whole or not at all, and on disk when this returns. */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  const temporary = `${path}-${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}
