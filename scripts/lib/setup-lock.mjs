import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { identityOf, isRunning } from './process-identity.mjs';
import { root } from './root.mjs';
import { print } from './terminal.mjs';

const LOCK = join(root, '.setup.lock');
const POLL_MS = 200;
/** How a rename onto a directory fails that holds something; Windows refuses an empty one, too. */
const TAKEN = new Set(['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])]);

/**
 * Runs `work` while no other command installs or builds in this clone.
 *
 * The lock is a directory that holds one empty file per process that works under it, named after the process. It is
 * renamed into place with our file inside, which fails while another's holds a file; who finds only dead processes
 * removes exactly their files, so of two that find the same stale lock one wins and none removes a live one.
 * `work` gets a function that adds a child to the lock: a child can outlive us.
 *
 * @template T
 * @param {(addChild: (pid: number) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(work) {
  const mine = identityOf(process.pid);
  let announced = false;
  while (!tryAcquire(mine)) {
    const holders = readHolders();
    const busy = holders.filter(isRunning);
    if (busy.length === 0) {
      for (const holder of holders) quietly(() => unlinkSync(join(LOCK, holder)));
      quietly(() => rmdirSync(LOCK));
      continue;
    }
    if (!announced)
      print(`Waiting for another command (process ${parseInt(busy[0], 10)}) to finish its setup ...`);
    announced = true;
    await sleep(POLL_MS);
  }
  const held = [mine];
  try {
    return await work((pid) => {
      const child = identityOf(pid);
      writeFileSync(join(LOCK, child), '');
      held.push(child);
    });
  } finally {
    for (const holder of held) quietly(() => unlinkSync(join(LOCK, holder)));
    quietly(() => rmdirSync(LOCK));
  }
}

function tryAcquire(mine) {
  const prepared = `${LOCK}-${randomBytes(6).toString('hex')}`;
  mkdirSync(prepared);
  try {
    writeFileSync(join(prepared, mine), '');
    renameSync(prepared, LOCK);
    return true;
  } catch (cause) {
    rmSync(prepared, { recursive: true, force: true });
    if (TAKEN.has(cause.code)) return false;
    throw cause;
  }
}

function readHolders() {
  try {
    return readdirSync(LOCK);
  } catch {
    return [];
  }
}

/** Somebody else may have done it first, which is just as well. */
function quietly(action) {
  try {
    action();
  } catch {
    // See above.
  }
}
