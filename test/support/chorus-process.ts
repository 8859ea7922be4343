import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { isRunning } from '#libs/platform/embedded-postgres/process-identity.js';
import type { Credentials } from '#apps/api/src/provisioning/credentials-file.js';
import { until } from './until.js';

/** The repository's directory. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const API = 'dist/apps/api/src/main.js';
export const WORKER = 'dist/apps/worker/src/main.js';
export const PROVISION = 'dist/apps/api/src/provision.js';

/** Every start and stop is waited for this long at most. */
const PATIENCE_MS = 20_000;

export interface ProcessOptions {
  /** What to run, and its arguments; the API when left out. */
  readonly run?: readonly string[];
  /** Variables beside PATH and `PORT=0`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Another user to run as. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** A process of what stands in dist/. */
export class ChorusProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  /** The exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;

  constructor({ run = [API], env, user }: ProcessOptions) {
    this.child = spawn(process.execPath, [...run], {
      ...user,
      cwd: ROOT,
      env: { PATH: process.env['PATH'], PORT: '0', ...env },
      // The channel closes with the test's own process, and with it ends what was started.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout!.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr!.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    // Not `close`: that does not come once the channel was closed from our side.
    const ends = [once(this.child, 'exit'), finished(this.child.stdout!), finished(this.child.stderr!)];
    this.exited = Promise.all(ends).then(() => (this.child.signalCode ?? this.child.exitCode)!);
  }

  get pid(): number {
    return this.child.pid!;
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Where it listens, once it says so. @throws Error with all that it wrote when it ends before */
  async url(): Promise<string> {
    await this.said('"msg":"listening"');
    const { port } = this.log().find(({ msg }) => msg === 'listening') as { port: number };
    return `http://127.0.0.1:${port}`;
  }

  /** Waits until standard output holds `text`. @throws Error with all that it wrote when it ends before */
  async said(text: string): Promise<void> {
    await until(() => {
      if (this.stdout.includes(text)) return true;
      if (this.ended) throw new Error(`It ended without saying ${text}:\n${this.stdout}${this.stderr}`);
      return false;
    }, PATIENCE_MS);
  }

  /** The lines of its log. */
  log(): Record<string, unknown>[] {
    return this.stdout
      .split('\n')
      .filter((line) => line.startsWith('{"level"') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.exited;
  }
}

/** Starts processes and makes data directories for the length of each test of the enclosing `describe`. */
export class ChorusProcesses {
  private readonly running: ChorusProcess[] = [];
  private readonly dataDirs: string[] = [];

  constructor() {
    afterEach(() => this.cleanUp());
  }

  async dataDir(name = 'data'): Promise<string> {
    const parent = await mkdtemp(join(tmpdir(), 'chorus-process-'));
    this.dataDirs.push(parent);
    return join(parent, name);
  }

  start(options: ProcessOptions): ChorusProcess {
    const started = new ChorusProcess(options);
    this.running.push(started);
    return started;
  }

  /** Kills what still runs, embedded databases too, and removes the directories. */
  private async cleanUp(): Promise<void> {
    for (const each of this.running.splice(0)) if (!each.ended) await each.stop('SIGKILL');
    for (const parent of this.dataDirs.splice(0)) {
      for (const name of await readdir(parent)) await killPostmaster(join(parent, name));
      await rm(parent, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

export async function credentialsIn(dataDir: string): Promise<Credentials> {
  return JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as Credentials;
}

/** The process of the embedded PostgreSQL; undefined when none runs. */
export async function postmasterOf(dataDir: string): Promise<number | undefined> {
  const home = await readFile(join(dataDir, 'postgres', 'location'), 'utf8').then(
    (text) => text.trim(),
    () => join(dataDir, 'postgres', 'server'),
  );
  const file = await readFile(join(home, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(file.split('\n', 1)[0]);
  return pid > 0 && (await isAlive(pid)) ? pid : undefined;
}

/** A zombie, which nobody may be there to bury, is not. */
export function isAlive(pid: number): Promise<boolean> {
  return isRunning(`${pid}.unknown`);
}

async function killPostmaster(dataDir: string): Promise<void> {
  const pid = await postmasterOf(dataDir);
  if (pid === undefined) return;
  // Immediate shutdown: it takes its children along.
  process.kill(pid, 'SIGQUIT');
  await until(async () => !(await isAlive(pid)), PATIENCE_MS);
}

/** A token of the demo workspace's client. */
export async function demoToken(
  url: string,
  { insiderConnect }: Pick<Credentials, 'insiderConnect'>,
): Promise<string> {
  const answer = await fetch(`${url}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: insiderConnect.clientId,
      client_secret: insiderConnect.clientSecret,
    }),
  });
  if (answer.status !== 200) throw new Error(`No token: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

export const FEEDBACK = {
  description: 'It holds.',
  submittedByEmail: 'user@example.com',
  contactConsent: true,
} as const;

/** Creates a feedback and answers its id. */
export async function acknowledgedFeedback(url: string, token: string): Promise<number> {
  const answer = await fetch(`${url}/api/client/feedbacks`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(FEEDBACK),
  });
  if (answer.status !== 201) throw new Error(`Not created: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { data: number }).data;
}

export function feedbackStatus(url: string, token: string, id: number): Promise<number> {
  return fetch(`${url}/api/client/feedbacks/${id}`, { headers: { Authorization: `Bearer ${token}` } }).then(
    ({ status }) => status,
  );
}
