import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '#apps/api/src/provisioning/credentials-file.js';
import { ChorusProcess } from './chorus-process.js';
import { testDatabase } from './test-database.js';

/** The built API as a process of its own, with the demo workspace, on a database of its own. */
export interface BuiltApp {
  readonly url: string;
  readonly databaseUrl: string;
  readonly credentials: Credentials;
  /** All that it wrote so far to standard output and standard error. */
  output(): string;
  /** Tells it to stop and waits until it has; answers its exit code or the signal that ended it. */
  stop(): Promise<number | string>;
}

/** Starts what stands in dist/. @param env variables to set beside those that the suite needs */
export async function startBuiltApp(env: Record<string, string> = {}): Promise<BuiltApp> {
  const database = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-built-'));
  const child = new ChorusProcess({
    env: { DATABASE_URL: database.url, CHORUS_DATA_DIR: dataDir, CHORUS_DEMO: 'true', ...env },
  });
  const stop = async (): Promise<number | string> => {
    const end = await child.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
    return end;
  };
  try {
    const url = await child.url();
    const text = await readFile(join(dataDir, 'credentials.json'), 'utf8');
    return {
      url,
      databaseUrl: database.url,
      credentials: JSON.parse(text) as Credentials,
      output: () => child.stdout + child.stderr,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
