import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '#libs/platform/errors/startup-error.js';

const KEY_BYTES = 32;

/**
 * The key that encrypts what must be kept but not read: the given one, or one that is made once and kept in the
 * data directory (mode 600). 32 bytes. @throws StartupError when the kept one is damaged
 */
export async function secretKey(given: string | undefined, dataDir: string): Promise<Buffer> {
  if (given !== undefined) return decode(given);
  const path = join(dataDir, 'secret-key');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const text = (await read(path)) ?? (await make(path));
  const key = decode(text.trim());
  if (key.length === KEY_BYTES) return key;
  throw new StartupError(
    `${path} does not hold a key of ${KEY_BYTES} bytes: bring it back from a backup, or remove it if there is no ` +
      'database yet.',
  );
}

/** Complete or not there: it gets its name when it is on disk, and of two processes the first one's counts. */
async function make(path: string): Promise<string> {
  const draft = `${path}-${randomBytes(4).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function decode(text: string): Buffer {
  return text.length === 64 ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
}
