import { stat } from 'node:fs/promises';
import { StartupError } from '../errors/startup-error.js';
import { runCommand, type ServerUser } from './run-command.js';

/** Ways to make a system user: shadow-utils, Debian, BusyBox. */
const CREATE_POSTGRES = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
  ['adduser', '--system', '--group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
  ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', 'postgres'],
] as const;

/**
 * Whom PostgreSQL runs as: ourselves (undefined), or, because it refuses to run as root, an ordinary user: the owner
 * of an existing cluster, else the system user `postgres`, which is created if it can be, else `nobody`.
 *
 * @param existing a directory that PostgreSQL's user owns if it exists
 * @throws StartupError when we are root and there is none
 */
export async function findServerUser(existing: string): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await ownerOf(existing);
  if (owner && (await canRunAs(owner))) return owner;
  const user = (await usable('postgres')) ?? (await createPostgres()) ?? (await usable('nobody'));
  if (user) return user;
  throw new StartupError(
    'PostgreSQL refuses to run as root and no other user could be found or made: start Chorus as an ordinary user, ' +
      'create one with "useradd --system postgres", or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

async function ownerOf(directory: string): Promise<ServerUser | undefined> {
  try {
    const { uid, gid } = await stat(directory);
    return uid === 0 ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

async function createPostgres(): Promise<ServerUser | undefined> {
  for (const [command, ...args] of CREATE_POSTGRES) {
    if ((await runCommand(command, args)).code !== 0) continue;
    const user = await usable('postgres');
    if (user) return user;
  }
  return undefined;
}

async function usable(name: string): Promise<ServerUser | undefined> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runCommand('id', [flag, name])));
  if (uid?.code !== 0 || gid?.code !== 0) return undefined;
  const user = { uid: Number(uid.output), gid: Number(gid.output) };
  return user.uid > 0 && (await canRunAs(user)) ? user : undefined;
}

/** A container may map only some users: then the system refuses to become another. */
async function canRunAs(user: ServerUser): Promise<boolean> {
  return (await runCommand('/bin/sh', ['-c', ':'], { user })).code === 0;
}
