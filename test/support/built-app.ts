import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Credentials } from '#apps/api/src/provisioning/credentials-file.js';
import { testDatabase } from './test-database.js';

/** The repository's directory. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The built API as a process of its own, with the demo workspace, on a database of its own. */
export interface BuiltApp {
  readonly url: string;
  readonly databaseUrl: string;
  readonly credentials: Credentials;
  /** All that it wrote so far to standard output and standard error. */
  output(): string;
  /** Tells it to stop and waits until it has; answers its exit code. */
  stop(): Promise<number | null>;
}

/** Starts what stands in dist/. @param env variables to set beside those that the suite needs */
export async function startBuiltApp(env: Record<string, string> = {}): Promise<BuiltApp> {
  const database = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-built-'));
  const child = spawn(process.execPath, ['dist/apps/api/src/main.js'], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      CHORUS_DATA_DIR: dataDir,
      CHORUS_DEMO: 'true',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
    return child.exitCode;
  };
  try {
    await listening(child, () => output);
    const text = await readFile(join(dataDir, 'credentials.json'), 'utf8');
    const credentials = JSON.parse(text) as Credentials;
    return { url: credentials.baseUrl, databaseUrl: database.url, credentials, output: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listening(child: ChildProcess, output: () => string): Promise<void> {
  const exited = once(child, 'exit').then(() => {
    throw new Error(`The built app did not start:\n${output()}`);
  });
  exited.catch(() => undefined);
  while (!output().includes('"listening"')) await Promise.race([once(child.stdout!, 'data'), exited]);
}
