import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { fingerprint } from './fingerprint.mjs';
import { root } from './root.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { StopError } from './stop-error.mjs';
import { print, progress } from './terminal.mjs';

const FOLDERS = ['apps', 'libs'];
/** A change in one of these changes every output. */
const SETTINGS = ['nest-cli.json', 'package-lock.json', 'package.json', 'tsconfig.json'];
const FILES = ['ormconfig.ts', ...SETTINGS];
const DIST = join(root, 'dist');
const STAMP = join(DIST, '.chorus-build.json');

/** Builds when a source changed since the last build that succeeded. */
export async function ensureBuilt({ node, env, fromScratch }) {
  if (!fromScratch && isFresh(readStamp(), fingerprint(FOLDERS, FILES))) return;
  await withSetupLock(async (addChild) => {
    const stamp = readStamp();
    const sources = fingerprint(FOLDERS, FILES);
    const contents = sources.contents();
    if (!fromScratch && stamp && (isFresh(stamp, sources) || stamp.contents === contents)) {
      if (!isFresh(stamp, sources)) writeStamp(sources, contents);
      return;
    }
    await build({ node, env, addChild, keep: !fromScratch && canBuildOnto(stamp, sources) });
    // The sources as they were before: who saved a file meanwhile gets another build.
    writeStamp(sources, contents);
  });
}

const isFresh = (stamp, sources) => stamp?.times === sources.times;

/** The compiler leaves the output of a file that is gone, and does not know that settings changed. */
function canBuildOnto(stamp, { sources }) {
  if (!stamp || stamp.settings !== fingerprint([], SETTINGS).contents()) return false;
  const present = new Set(sources);
  return stamp.sources.every((path) => present.has(path));
}

async function build({ node, env, addChild, keep }) {
  // Without a stamp a build that fails or is killed counts as none, and the next one starts from nothing.
  rmSync(keep ? STAMP : DIST, { recursive: true, force: true });
  const finish = progress('Building');
  let output = '';
  try {
    const code = await runChild(node, [join('node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build'], {
      env,
      onOutput: (text) => (output += text),
      onSpawn: addChild,
    });
    if (code !== 0)
      throw new StopError('The build failed: correct the errors above and run the command again.');
    finish('Built.');
  } catch (cause) {
    finish();
    if (output.trim()) print(output.trimEnd());
    throw cause;
  }
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return undefined;
  }
}

function writeStamp({ sources, times }, contents) {
  const settings = fingerprint([], SETTINGS).contents();
  writeFileSync(STAMP, JSON.stringify({ times, contents, settings, sources }));
}
