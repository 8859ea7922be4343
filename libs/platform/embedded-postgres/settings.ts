import { chown, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cluster } from './data-layout.js';
import type { Home } from './home.js';
import { writePrivateFile } from './write-private-file.js';

export const SETTINGS_FILE = 'chorus.conf';

const DEFAULTS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // A socket's path may have 107 bytes, which a data directory soon exceeds.
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  // Solid state and caches: for the 4 of spinning disks, searches would read whole indexes to spare a few pages.
  random_page_cost: '1.1',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Errors of statements are answered to who sent them, and could repeat what people wrote.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** Writes the settings that the next start of the server reads; answers whether they differ from before. */
export async function writeSettings(
  home: Home,
  settings: Readonly<Record<string, string>>,
): Promise<boolean> {
  const path = join(cluster(home.directory), SETTINGS_FILE);
  const lines = Object.entries({ ...DEFAULTS, ...settings }).map(
    ([name, value]) => `${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'\n`,
  );
  const content = `# Written at every start.\n${lines.join('')}`;
  if ((await readFile(path, 'utf8').catch(() => undefined)) === content) return false;
  await writePrivateFile(path, content);
  if (home.user) await chown(path, home.user.uid, home.user.gid);
  return true;
}
