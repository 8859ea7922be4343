import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The child was ended by a signal: the one who started us should see that we were, too. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`Interrupted by ${signal}`);
    this.signal = signal;
  }
}

/** npm starts us through a shell, and neither passes every end of its own on: look whether both are still there. */
const PARENT_CHECK_MS = 500;

/** One key press can arrive several times: from the terminal, from npm, from a process group. */
const SAME_PRESS_MS = 500;

/**
 * Runs a program to its end and answers its exit code. Signals that reach us, or the npm that started us, are passed
 * on, and we outlive the child, so that its clean-up can be waited for. With `ipc` the child has a channel that closes when we die, even
 * by `kill -9`. With `onOutput` its output is handed over instead of shown.
 *
 * @returns {Promise<number>}
 * @throws Interrupted when a signal ended it
 */
export function runChild(
  command,
  args,
  { env = process.env, ipc = false, shell = false, onOutput, onSpawn } = {},
) {
  const output = onOutput ? 'pipe' : 'inherit';
  const child = spawn(command, args, {
    env,
    shell,
    windowsHide: true,
    stdio: [onOutput ? 'ignore' : 'inherit', output, output, ...(ipc ? ['ipc'] : [])],
  });
  if (onOutput) {
    child.stdout.setEncoding('utf8').on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onOutput);
  }
  child.once('spawn', () => onSpawn?.(child.pid));
  const stopForwarding = forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      stopForwarding();
      reject(cause);
    });
    child.once('close', (code, signal) => {
      stopForwarding();
      if (signal) reject(new Interrupted(signal));
      else resolve(code);
    });
  });
}

function forwardSignals(child) {
  const onTerminal = process.stdin.isTTY === true;
  const last = new Map();
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const handler = () => {
      // Ctrl-C and a closed terminal reach the whole foreground group, and Windows has nothing gentle to forward.
      if (process.platform === 'win32' || (onTerminal && signal !== 'SIGTERM')) return;
      const now = performance.now();
      if (now - (last.get(signal) ?? -Infinity) < SAME_PRESS_MS) return;
      last.set(signal, now);
      child.kill(signal);
    };
    process.on(signal, handler);
    return [signal, handler];
  });
  const parents = parentsUpToNpm();
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event && parentsUpToNpm() !== parents) child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  return () => {
    clearInterval(watch);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** Our parent and, where the system tells and it is npm's shell, that one's parent, which is npm. */
function parentsUpToNpm() {
  try {
    const [, name, fields] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${process.ppid}/stat`, 'latin1'));
    if (name.endsWith('sh')) return `${process.ppid} ${fields.split(' ')[1]}`;
  } catch {
    // Not Linux, or gone just now.
  }
  return String(process.ppid);
}
