import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StartupError } from '../errors/startup-error.js';
import { identityOf, isRunning, pidOf } from './process-identity.js';

export const OWNER_LOCK = 'owner.lock';

export interface OwnerLock {
  release(): Promise<void>;
}

/**
 * Makes this process the only one on a data directory, which it creates (mode 700) if need be. What a dead process
 * left behind, even one whose pid now belongs to another, is taken over at once.
 *
 * The lock is a directory that holds one empty file, named after the owner. It is renamed into place complete, which
 * fails on a directory that holds a file. A contender that finds a dead owner removes that owner's file by name, so
 * of several one wins and none can remove a live owner's. (Processes in different PID namespaces, such as two
 * containers on one volume, cannot see each other and are not held apart.)
 *
 * @throws StartupError when another live process is the owner, or the directory cannot be written
 */
export async function acquireOwnerLock(dataDir: string): Promise<OwnerLock> {
  const directory = resolve(dataDir);
  const lock = join(directory, OWNER_LOCK);
  const mine = await identityOf(process.pid);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await removeAbandoned(directory);
    while (!(await tryAcquire(lock, mine))) {
      for (const owner of await ownersOf(lock)) {
        if (await isRunning(owner)) throw inUse(pidOf(owner), directory);
        await ignoring(unlink(join(lock, owner)));
      }
      await ignoring(rmdir(lock));
    }
  } catch (cause) {
    if (cause instanceof StartupError) throw cause;
    throw new StartupError(
      `The data directory ${directory} cannot be used (${(cause as Error).message}): ` +
        'make it writable for this user, or set CHORUS_DATA_DIR to another directory.',
      { cause },
    );
  }
  return {
    release: async () => {
      await ignoring(unlink(join(lock, mine)));
      await ignoring(rmdir(lock));
    },
  };
}

async function tryAcquire(lock: string, mine: string): Promise<boolean> {
  const prepared = `${lock}-${mine}-${randomBytes(4).toString('hex')}`;
  await mkdir(prepared, { mode: 0o700 });
  try {
    await writeFile(join(prepared, mine), '');
    await rename(prepared, lock);
    return true;
  } catch (cause) {
    await rm(prepared, { recursive: true, force: true });
    if (TAKEN.has((cause as NodeJS.ErrnoException).code ?? '')) return false;
    throw cause;
  }
}

/** How a rename onto a directory fails that holds something; Windows refuses an empty one, too. */
const TAKEN = new Set(['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])]);

async function ownersOf(lock: string): Promise<string[]> {
  try {
    return await readdir(lock);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}

/** Removes what a contender prepared that was killed before its rename. */
async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(`${OWNER_LOCK}-`)) continue;
    const contender = name.slice(OWNER_LOCK.length + 1, name.lastIndexOf('-'));
    if (!(await isRunning(contender))) await rm(join(directory, name), { recursive: true, force: true });
  }
}

function inUse(pid: number, directory: string): StartupError {
  return new StartupError(
    `Another Chorus (process ${pid}) already uses the data directory ${directory}: ` +
      'stop it, or set CHORUS_DATA_DIR to another directory.',
  );
}

/** Another contender may have done it first, which is just as well. */
async function ignoring(action: Promise<void>): Promise<void> {
  await action.catch(() => undefined);
}
