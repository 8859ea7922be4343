import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** `<pid>.<start>`: names a process so that a later one with the same pid is not mistaken for it. */
export function identityOf(pid) {
  return `${pid}.${startOf(pid) ?? 'unknown'}`;
}

/** Whether the process that `identityOf` named still runs. */
export function isRunning(identity) {
  const [pidText, start] = identity.split('.');
  const pid = Number(pidText);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (cause.code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return now === undefined || start === 'unknown' || now === start;
}

/** When a process began, in whatever unit the system tells; undefined when it does not tell. */
function startOf(pid) {
  try {
    if (process.platform === 'linux') {
      // The name in parentheses may hold anything, so count from the last parenthesis: state is the third field.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return 'dead';
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)}-${fields[19]}`;
    }
    if (process.platform === 'darwin') {
      const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        env: { LC_ALL: 'C' },
      });
      return String(Date.parse(text.trim()));
    }
  } catch {
    // Gone in between, or hidden from us.
  }
  return undefined;
}
