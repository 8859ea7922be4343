import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../errors/startup-error.js';
import type { Binaries } from './binaries.js';
import { identify } from './connection.js';
import { CLUSTER, LOG, logFile } from './data-layout.js';
import { freePort } from './free-port.js';
import type { Home } from './home.js';
import { logSize, readLog } from './log.js';
import { findPostmaster } from './postmaster.js';
import { runCommand, type CommandResult } from './run-command.js';

/** Crash recovery replays at most a few hundred megabytes; a slow disk may take minutes for it. */
const START_TIMEOUT_S = 300;
const STOP_TIMEOUT_S = 60;
/** For a server that does not answer: it will hardly obey either. */
const SHORT_STOP_TIMEOUT_S = 5;
/** How long processes of a killed server may take to notice, and a server to get from its pid file to its port. */
const SETTLE_MS = 15_000;
const POLL_MS = 50;
const MAX_PORTS = 10;

const PORT_TAKEN = /could not bind|could not create any TCP\/IP sockets|Address already in use/;
const STILL_THERE = /pre-existing shared memory block|lock file "postmaster.pid" already exists/;

/**
 * The port of a server that already runs on this cluster, because whoever started it was killed; undefined when there
 * is none, also because the one there was did not answer and was stopped.
 */
export async function adoptServer(
  home: Home,
  binaries: Binaries,
  password: string,
): Promise<number | undefined> {
  const began = performance.now();
  for (;;) {
    const postmaster = await findPostmaster(home.directory);
    if (!postmaster) return undefined;
    const who = postmaster.port ? await identify(postmaster.port, password, home.directory) : 'busy';
    if (who === 'ours') return postmaster.port;
    if (who === 'other' || performance.now() - began > SETTLE_MS) {
      await stopServer(home, binaries, SHORT_STOP_TIMEOUT_S);
      return undefined;
    }
    await sleep(POLL_MS);
  }
}

/** Starts the server on 127.0.0.1, on a free port or on `wanted`, and answers the port once it takes connections. */
export async function startServer(home: Home, binaries: Binaries, wanted?: number): Promise<number> {
  const began = performance.now();
  let ports = 0;
  for (;;) {
    const port = wanted ?? (await freePort());
    const before = await logSize(home.directory);
    const result = await pgCtl(home, binaries, START_TIMEOUT_S, ['start', '-l', LOG, '-o', `-p ${port}`]);
    if (result.code === 0) return port;
    const log = await readLog(home.directory, before);
    if (wanted === undefined && PORT_TAKEN.test(log) && ++ports < MAX_PORTS) continue;
    if (!STILL_THERE.test(log) || performance.now() - began > SETTLE_MS)
      throw startFailed(home, log || result.output);
    await sleep(POLL_MS);
  }
}

/** Stops the server cleanly and fast: clients are cut off, what they committed is on disk. */
export async function stopServer(home: Home, binaries: Binaries, seconds = STOP_TIMEOUT_S): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if ((await pgCtl(home, binaries, seconds, ['stop', '-m', mode])).code === 0) return;
    if (!(await findPostmaster(home.directory))) return;
  }
  const postmaster = await findPostmaster(home.directory);
  if (postmaster?.certain) process.kill(postmaster.pid, 'SIGKILL');
}

function pgCtl(
  home: Home,
  binaries: Binaries,
  seconds: number,
  args: readonly string[],
): Promise<CommandResult> {
  // Relative paths: pg_ctl hands them to a shell, and a data directory may have any name.
  return runCommand(binaries.pgCtl, [...args, '-D', CLUSTER, '-w', '-t', String(seconds)], {
    user: home.user,
    cwd: home.directory,
    timeoutMs: (seconds + 10) * 1000,
  });
}

const ADVICE: readonly [RegExp, string][] = [
  [/No space left on device/, 'the disk is full: free some space'],
  [/Cannot allocate memory|could not map anonymous shared memory/, 'there is too little memory: free some'],
  [/Permission denied|Operation not permitted/, 'a file cannot be accessed: correct its owner'],
  [/invalid value for parameter|unrecognized configuration parameter/, 'a setting is wrong: correct it'],
];

function startFailed(home: Home, log: string): StartupError {
  const advice = ADVICE.find(([pattern]) => pattern.test(log))?.[1] ?? 'correct what its log says below';
  const tail = log.trimEnd().split('\n').slice(-12).join('\n');
  return new StartupError(
    `The embedded PostgreSQL did not start, ${advice}, or set DATABASE_URL to a PostgreSQL of your own ` +
      `(log: ${logFile(home.directory)}).\n${tail}`,
  );
}
