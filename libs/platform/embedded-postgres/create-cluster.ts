import { randomBytes } from 'node:crypto';
import { appendFile, chown, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../errors/startup-error.js';
import type { Binaries } from './binaries.js';
import { cluster, passwordFile } from './data-layout.js';
import type { Home } from './home.js';
import { runCommand } from './run-command.js';
import { SETTINGS_FILE } from './settings.js';
import { writePrivateFile } from './write-private-file.js';

export const SUPERUSER = 'chorus';

const UNFINISHED = 'data.new-';

/** Best first. Text sorts by code point and knows the letters of all languages. */
const LOCALES: Partial<Record<NodeJS.Platform, string[][]>> = {
  darwin: [['--locale=C.UTF-8'], ['--locale=en_US.UTF-8', '--lc-collate=C']],
  win32: [['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']],
};
const OTHER_LOCALES = [['--locale=C.UTF-8'], ['--locale=en_US.UTF-8', '--lc-collate=C']];
const LAST_RESORT = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** The superuser's password, made before the cluster so that no cluster can exist without. */
export async function ensurePassword(dataDir: string, home: Home): Promise<string> {
  const path = passwordFile(dataDir);
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
  if (await hasCluster(home)) {
    throw new StartupError(
      `The password of the database in ${home.directory} is gone (${path}): bring that file back, or remove ` +
        `${home.directory} to start with an empty database.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  await writePrivateFile(path, `${password}\n`);
  return password;
}

/**
 * Makes sure that there is a cluster of this major version; answers whether it was made now. It is made beside its
 * place and moved there when finished, so that one that was interrupted leaves nothing that counts.
 */
export async function ensureCluster(
  home: Home,
  binaries: Binaries,
  password: string,
  progress: (message: string) => void,
): Promise<boolean> {
  await removeUnfinished(home.directory);
  if (await hasCluster(home)) {
    await checkVersion(home, binaries);
    return false;
  }
  progress(`Creating a PostgreSQL database in ${home.directory}.`);
  const directory = join(home.directory, `${UNFINISHED}${randomBytes(4).toString('hex')}`);
  await mkdir(directory, { mode: 0o700 });
  await giveTo(home, directory);
  await initialise(home, binaries, directory, password);
  await rename(directory, cluster(home.directory));
  return true;
}

async function initialise(
  home: Home,
  binaries: Binaries,
  directory: string,
  password: string,
): Promise<void> {
  const secret = `${directory}.password`;
  await writeFile(secret, `${password}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await giveTo(home, secret);
    let output = '';
    for (const locale of [...(LOCALES[process.platform] ?? OTHER_LOCALES), LAST_RESORT]) {
      const args = [
        '--pgdata',
        directory,
        '--encoding=UTF8',
        ...locale,
        '--lc-messages=C',
        `--username=${SUPERUSER}`,
      ];
      const result = await runCommand(
        binaries.initdb,
        [...args, `--pwfile=${secret}`, '--auth=scram-sha-256', '--no-instructions'],
        { user: home.user, cwd: home.directory, timeoutMs: 300_000 },
      );
      if (result.code === 0) {
        await appendFile(join(directory, 'postgresql.conf'), `\ninclude = '${SETTINGS_FILE}'\n`);
        await writeFile(join(directory, SETTINGS_FILE), '', { mode: 0o600 });
        await giveTo(home, join(directory, SETTINGS_FILE));
        return;
      }
      output = result.output.trim();
      if (!/locale/.test(output)) break;
    }
    await rm(directory, { recursive: true, force: true });
    throw new StartupError(
      `PostgreSQL could not create a database in ${home.directory}: correct what it says below, or set ` +
        `CHORUS_DATA_DIR to another directory.\n${output.split('\n').slice(-10).join('\n')}`,
    );
  } finally {
    await rm(secret, { force: true });
  }
}

async function checkVersion(home: Home, binaries: Binaries): Promise<void> {
  const path = join(cluster(home.directory), 'PG_VERSION');
  const version = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (version === String(binaries.major)) return;
  if (version === '') {
    throw new StartupError(
      `${cluster(home.directory)} is not a PostgreSQL database (it has no PG_VERSION): restore it from a backup, ` +
        'or set CHORUS_DATA_DIR to another directory.',
    );
  }
  throw new StartupError(
    `The database in ${home.directory} was made by PostgreSQL ${version} and this Chorus brings PostgreSQL ` +
      `${binaries.major}: export it with the Chorus that made it, or set CHORUS_DATA_DIR to another directory.`,
  );
}

async function hasCluster(home: Home): Promise<boolean> {
  return stat(cluster(home.directory)).then(
    () => true,
    () => false,
  );
}

async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    // An initdb whose starter was killed may still be writing there for a moment.
    if (name.startsWith(UNFINISHED))
      await rm(join(directory, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

async function giveTo({ user }: Home, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}
