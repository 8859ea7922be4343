import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cluster } from './data-layout.js';
import { identityOf, isAlive, isRunning } from './process-identity.js';

/** The server process of a cluster, as its `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Whether the process is known to be this cluster's; where the system does not tell, it may be another. */
  readonly certain: boolean;
}

/**
 * The server that runs on the cluster now, if one does. A file that a killed server left is removed when its pid is
 * in use by another process or a zombie, because PostgreSQL would refuse to start; children of the killed server that
 * still live are found by the shared memory that they hold.
 */
export async function findPostmaster(home: string): Promise<Postmaster | undefined> {
  const path = join(cluster(home), 'postmaster.pid');
  const lines = (await readFile(path, 'latin1').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!isAlive(pid)) return undefined;
  const zombie = !(await isRunning(await identityOf(pid)));
  const ours = !zombie && (await runsOn(pid, port, cluster(home)));
  if (ours !== false) return { pid, port, certain: ours === true };
  await rm(path, { force: true });
  return undefined;
}

/** Whether the process is the server of this cluster; undefined when the system does not tell. */
async function runsOn(pid: number, port: number, directory: string): Promise<boolean | undefined> {
  try {
    if (process.platform === 'linux') return await runsOnLinux(pid, port, directory);
    if (process.platform === 'win32') return undefined;
    const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]);
    return isServerOn(port, stdout);
  } catch {
    return undefined;
  }
}

async function runsOnLinux(pid: number, port: number, directory: string): Promise<boolean> {
  // The server works in its data directory. Who may not see that (root in most containers) sees its command line.
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (workingDirectory !== undefined) return workingDirectory === (await realpath(directory));
  if ((await stat(`/proc/${pid}`)).uid !== (await stat(directory)).uid) return false;
  return isServerOn(port, (await readFile(`/proc/${pid}/cmdline`, 'latin1')).replaceAll('\0', ' '));
}

/** The port is missing from a pid file that a server has just begun to write. */
function isServerOn(port: number, commandLine: string): boolean {
  return commandLine.includes('postgres') && (!port || commandLine.includes(`-p ${port}`));
}
