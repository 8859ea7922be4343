import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes what a killed process left in the spool directory. Run it at start-up and now and then; the age must be
 * well above the time that a request may take.
 *
 * @param now the machine's time, which the ages of the files are told by.
 * @returns how many files were removed; 0 when there is no directory.
 */
export async function sweepSpool(spoolDir: string, olderThanMs: number, now: Date): Promise<number> {
  let removed = 0;
  for (const name of await readdir(spoolDir).catch(emptyWhenMissing)) {
    const path = join(spoolDir, name);
    const found = await stat(path).catch(() => undefined); // removed by its own request meanwhile
    if (!found?.isFile() || now.getTime() - found.mtimeMs <= olderThanMs) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
