import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { uuidv7 } from '#libs/platform/ids/uuid.js';

/** What `credentials.json` tells of the demo workspace; other tools read it, so members are only added. */
export interface Credentials {
  readonly baseUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  readonly account: { readonly id: string };
  readonly insiderConnect: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly projectId: number;
    readonly channelId: number;
  };
  readonly userFeedback: {
    readonly projectId: number;
    readonly channelId: number;
    readonly apiKey: string;
  };
  readonly feelback: {
    readonly projectId: string;
    readonly ownerKey: string;
    readonly viewerKey: string;
    /** Ids by key. */
    readonly contentSets: Readonly<Record<string, string>>;
  };
  readonly sourceImport: {
    readonly sourceId: string;
    readonly apiKey: string;
    readonly projectId: number;
    readonly channelId: number;
  };
  readonly scopedFeedback: {
    readonly projectId: number;
    readonly channelId: number;
    readonly server: { readonly id: string; readonly secret: string };
    readonly network: { readonly id: string };
    readonly users: Readonly<Record<'reader' | 'writer' | 'editor', DemoUser>>;
  };
}

export interface DemoUser {
  readonly id: string;
  readonly email: string;
  readonly password: string;
}

/** What the workspace knows; the address is known once the server listens. */
export type DemoCredentials = Omit<Credentials, 'baseUrl'>;

export function credentialsPath(dataDir: string): string {
  return join(dataDir, 'credentials.json');
}

/** Undefined when there is no demo workspace. */
export async function readCredentials(dataDir: string): Promise<Credentials | undefined> {
  try {
    return JSON.parse(await readFile(credentialsPath(dataDir), 'utf8')) as Credentials;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written whole or not at all, for the owner's eyes only. */
export async function writeCredentials(dataDir: string, credentials: Credentials): Promise<void> {
  const path = credentialsPath(dataDir);
  const draft = `${path}.${uuidv7()}`;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(credentials, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
