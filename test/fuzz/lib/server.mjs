import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HEAP_FLAGS, MALLOC_ENV } from '../../../scripts/lib/tasks.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts what stands in dist/, with memory kept as `npm start` keeps it, on an embedded database of its own. */
export async function startServer() {
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-fuzz-'));
  const child = spawn(process.execPath, [...HEAP_FLAGS, 'dist/apps/api/src/main.js'], {
    cwd: ROOT,
    env: {
      ...MALLOC_ENV,
      PATH: process.env.PATH,
      CHORUS_DATA_DIR: dataDir,
      PORT: '0',
      RATE_LIMIT_ANONYMOUS: '0',
    },
    // The channel closes when we die, and with it ends the server and its database.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const failures = [];
  let said = '';
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const listening = new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      for (const line of said.split('\n').slice(0, -1)) {
        if (line.includes('"msg":"listening"')) resolve();
        if (line.startsWith('{"level":"error"')) failures.push(line);
      }
      said = said.slice(said.lastIndexOf('\n') + 1);
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const code = await ended;
    await rm(dataDir, { recursive: true, force: true });
    return code;
  };
  if ((await Promise.race([listening, ended.then(() => 'ended')])) === 'ended') {
    await rm(dataDir, { recursive: true, force: true });
    throw new Error('The server did not start.');
  }
  const credentials = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'));
  return { url: credentials.baseUrl, credentials, failures, stop };
}
