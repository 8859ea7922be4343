import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runChild } from './child.mjs';
import { root } from './root.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { StopError } from './stop-error.mjs';
import { print, progress } from './terminal.mjs';

const LOCKFILE = join(root, 'package-lock.json');
const STAMP = join(root, 'node_modules', '.chorus-lock');
/** npm writes it last, so it says what a finished installation holds. */
const INSTALLED = join(root, 'node_modules', '.package-lock.json');

/** Makes node_modules what package-lock.json says, which costs nothing when it is already. */
export async function ensureInstalled() {
  if (isFresh()) return;
  await withSetupLock(async (addChild) => {
    if (isFresh()) return;
    if (!isInstalledByNpm()) await install(addChild);
    writeFileSync(STAMP, wantedStamp());
  });
}

function isFresh() {
  return read(STAMP) === wantedStamp();
}

/** The platform belongs to it: native packages in a shared folder serve one system only. */
function wantedStamp() {
  const lockfile = createHash('sha256').update(readFileSync(LOCKFILE)).digest('hex');
  return `${lockfile} ${process.platform}-${process.arch}\n`;
}

/** Whether somebody ran `npm ci` or `npm install` by hand: nothing that the lockfile wants is missing or different. */
function isInstalledByNpm() {
  const installed = read(INSTALLED);
  if (!installed) return false;
  const has = JSON.parse(installed).packages ?? {};
  const wants = JSON.parse(readFileSync(LOCKFILE, 'utf8')).packages;
  const direct = new Set(
    Object.keys(wants[''].optionalDependencies ?? {}).map((name) => `node_modules/${name}`),
  );
  return Object.entries(wants).every(([path, { version, integrity, optional, os, cpu }]) => {
    if (path === '') return true;
    if (has[path]) return has[path].version === version && has[path].integrity === integrity;
    // What other platforms need is rightly absent, and with it what only that needs.
    const foreign = !allows(os, process.platform) || !allows(cpu, process.arch);
    return Boolean(optional) && (foreign || !direct.has(path));
  });
}

const allows = (list, value) => !list || list.includes(value);

async function install(addChild) {
  const finish = progress('Installing dependencies');
  let output = '';
  try {
    const result = await npm(['ci'], addChild);
    output = result.output;
    if (result.code !== 0) throw new StopError(failure(`npm ended with code ${result.code}`));
    finish('Dependencies installed.');
  } catch (cause) {
    finish();
    if (output.trim()) print(output.trimEnd());
    if (cause.code === 'ENOENT') throw new StopError(failure('npm was not found'));
    throw cause;
  }
}

const failure = (what) =>
  `The dependencies could not be installed (${what}): check the network and the disk, then run the command again.`;

async function npm(task, addChild) {
  const [command, before] = findNpm();
  // Development and optional packages are needed to build and to run here, whatever NODE_ENV or a .npmrc say.
  const options = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  let output = '';
  const code = await runChild(command, [...before, ...task, ...options], {
    env: { ...process.env, NPM_CONFIG_UPDATE_NOTIFIER: 'false' },
    shell: command === 'npm' && process.platform === 'win32',
    onOutput: (text) => (output += text),
    onSpawn: addChild,
  });
  return { code, output };
}

/** The npm that runs us, so that a machine with several uses one; yarn and pnpm set the same variable. */
function findNpm() {
  const running = process.env.npm_execpath;
  if (running && /^npm(-cli)?\.[cm]?js$/.test(basename(running))) return [process.execPath, [running]];
  return ['npm', []];
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
