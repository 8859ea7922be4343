import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** `<pid>.<start>`: names a process so that a later one that got the same pid is not mistaken for it. */
export type ProcessIdentity = string;

export async function identityOf(pid: number): Promise<ProcessIdentity> {
  return `${pid}.${(await startOf(pid)) ?? UNKNOWN}`;
}

export function pidOf(identity: ProcessIdentity): number {
  return Number.parseInt(identity, 10);
}

/** Whether the process still runs; a zombie does not. Where the start is hidden from us the pid alone decides. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const pid = pidOf(identity);
  if (!isAlive(pid)) return false;
  const start = identity.slice(identity.indexOf('.') + 1);
  const now = await startOf(pid);
  if (now === DEAD) return false;
  return now === undefined || start === UNKNOWN || now === start;
}

/** Whether any process has this pid. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const UNKNOWN = 'unknown';
/** A zombie: it has a pid and does nothing. */
const DEAD = 'dead';

/** When a process began, in whatever unit the system tells; undefined when it does not. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may hold anything, so count from the last one: the state follows it.
      const stat = (await readFile(`/proc/${pid}/stat`, 'latin1')).split(') ').at(-1)?.split(' ') ?? [];
      if (stat[0] === 'Z' || stat[0] === 'X') return DEAD;
      // Ticks count from boot, so a reboot makes them ambiguous.
      const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1');
      return `${boot.slice(0, 8)}-${stat[19]}`;
    }
    if (process.platform === 'darwin') {
      const ps = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
        env: { LC_ALL: 'C' },
      });
      return String(Date.parse(ps.stdout.trim()));
    }
  } catch {
    // Gone in between, or hidden from us.
  }
  return undefined;
}
