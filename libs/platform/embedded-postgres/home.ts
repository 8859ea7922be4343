import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StartupError } from '../errors/startup-error.js';
import { defaultHome, pointerFile } from './data-layout.js';
import { OWNER_LOCK } from './owner-lock.js';
import { runCommand } from './run-command.js';
import type { ServerUser } from './run-command.js';
import { findServerUser } from './server-user.js';
import { writePrivateFile } from './write-private-file.js';

export interface Home {
  readonly directory: string;
  readonly user: ServerUser | undefined;
}

/**
 * Finds or makes the directory that PostgreSQL lives in. It lies in the data directory, but for root below a place
 * that PostgreSQL's own user cannot enter, such as /root: then it lies in /var/lib/chorus or /var/tmp, and the data
 * directory says where.
 */
export async function findHome(dataDir: string, progress: (message: string) => void): Promise<Home> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const pointed = await readPointer(dataDir);
  if (pointed !== undefined) {
    if (!(await exists(pointed))) {
      throw new StartupError(
        `The database of ${dataDir} was kept in ${pointed}, which is gone: bring it back, or remove ` +
          `${pointerFile(dataDir)} to start with an empty database.`,
      );
    }
    return { directory: pointed, user: await ownerFor(pointed) };
  }
  const home = defaultHome(dataDir);
  const user = await ownerFor(home);
  if (!user) {
    await mkdir(home, { recursive: true, mode: 0o700 });
    return { directory: home, user };
  }
  const existed = await exists(home);
  if (await prepare(home, user, dataDir)) return { directory: home, user };
  if (existed) throw unreachable(home, user);
  await rm(home, { recursive: true, force: true });
  return { directory: await relocate(dataDir, user, progress), user };
}

async function ownerFor(home: string): Promise<ServerUser | undefined> {
  const user = await findServerUser(home);
  const uid = process.getuid?.();
  if (user || uid === undefined || !(await exists(home))) return user;
  const owner = (await stat(home)).uid;
  if (owner === uid) return user;
  throw new StartupError(
    `The database in ${home} belongs to another user (uid ${owner}): start Chorus as that user or as root, or set ` +
      'CHORUS_DATA_DIR to another directory.',
  );
}

async function relocate(
  dataDir: string,
  user: ServerUser,
  progress: (message: string) => void,
): Promise<string> {
  // Random, so that a copied or emptied data directory never meets the database of another.
  const name = `${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}-${randomBytes(4).toString('hex')}`;
  for (const directory of [join('/var/lib/chorus', name), join('/var/tmp', `chorus-${name}`)]) {
    if (await prepare(directory, user)) {
      await writePrivateFile(pointerFile(dataDir), `${directory}\n`);
      progress(
        `The database is kept in ${directory}: PostgreSQL does not run as root, and its user may not enter ${dataDir}.`,
      );
      return directory;
    }
    await rm(directory, { recursive: true, force: true });
  }
  throw unreachable(dataDir, user);
}

/** Makes the directory and gives it to PostgreSQL's user; false when that user still cannot use it. */
async function prepare(directory: string, user: ServerUser, dataDir?: string): Promise<boolean> {
  try {
    await mkdir(dirname(directory), { recursive: true, mode: 0o755 });
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chown(directory, user.uid, user.gid);
    if (await canUse(directory, user)) return true;
    if (dataDir === undefined) return false;
    await letThrough(dataDir, user);
    return await canUse(directory, user);
  } catch {
    return false;
  }
}

/** Tried rather than computed: access lists, mounts and sandboxes have their say, too. */
async function canUse(directory: string, user: ServerUser): Promise<boolean> {
  const script = '[ -O "$1" ] && cd -- "$1" && : > .probe && rm .probe';
  return (await runCommand('/bin/sh', ['-c', script, 'sh', directory], { user })).code === 0;
}

/** Lets the group of PostgreSQL's user pass, not read, the directories that are Chorus's own: the data directory, and
 * the one above it if that is what the owner lock is in. */
async function letThrough(dataDir: string, user: ServerUser): Promise<void> {
  const above = dirname(dataDir);
  const own = (await exists(join(above, OWNER_LOCK))) ? [above, dataDir] : [dataDir];
  for (const directory of own) {
    const { uid, mode } = await stat(directory);
    if (uid !== 0 || (mode & 0o077) !== 0) continue;
    await chown(directory, 0, user.gid);
    await chmod(directory, 0o710);
  }
}

async function readPointer(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(pointerFile(dataDir), 'utf8')).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function unreachable(directory: string, user: ServerUser): StartupError {
  return new StartupError(
    `PostgreSQL does not run as root, and its user (uid ${user.uid}) cannot use ${basename(directory)} in ` +
      `${dirname(directory)}: set CHORUS_DATA_DIR to a directory that this user can enter, such as /var/lib/chorus.`,
  );
}
