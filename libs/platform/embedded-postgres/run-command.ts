import { spawn } from 'node:child_process';

/** Another user to run as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

export interface CommandResult {
  /** The exit code; null when it could not be started, was killed, or took too long. */
  readonly code: number | null;
  /** What it wrote to both streams, or why it could not be started. */
  readonly output: string;
}

interface CommandOptions {
  readonly user?: ServerUser | undefined;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/** How long we wait for the end of the output after the end of the process: on Windows a server that it started keeps
 * its pipes open. */
const OUTPUT_GRACE_MS = 200;
const MAX_OUTPUT = 64 * 1024;

/** Runs a program to its end, as another user if one is given. Never rejects. */
export function runCommand(
  file: string,
  args: readonly string[],
  { user, cwd = '/', timeoutMs = 60_000 }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise<CommandResult>((resolve) => {
    const child = spawn(file, args, {
      ...user,
      cwd,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const collect = (chunk: string) => {
      if (output.length < MAX_OUTPUT) output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', (cause) => resolve({ code: null, output: cause.message }));
    child.once('close', (code) => resolve({ code, output }));
    child.once('exit', (code) => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, output });
      }, OUTPUT_GRACE_MS).unref();
    });
    // Some failures to start are thrown, not emitted: a user that this container does not map, for one.
  }).catch((cause: unknown) => ({ code: null, output: (cause as Error).message }));
}

/** What the programs need and no more: PG* variables would change what they do, and secrets are not their business. */
const PASSED_ON = /^(PATH|SYSTEMROOT|WINDIR|COMSPEC|TEMP|TMP|TMPDIR|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH)$/i;

function environment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  // Messages in English, because some are recognised; times in UTC.
  return { ...Object.fromEntries(passed), LC_MESSAGES: 'C', TZ: 'UTC' };
}
