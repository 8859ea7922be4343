import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { MALLOC_ENV } from '../../../scripts/lib/tasks.mjs';

export { HEAP_FLAGS } from '../../../scripts/lib/tasks.mjs';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts a server process and waits until it answers on `path`; `flags` are for Node. */
export async function startServer(script, env, path, flags = []) {
  const port = await freePort();
  const child = spawn(process.execPath, [...flags, script], {
    cwd: root,
    env: {
      ...MALLOC_ENV,
      ...process.env,
      NODE_ENV: 'production',
      ...env,
      PORT: String(port),
      HOST: '127.0.0.1',
    },
    // Standard output goes where a service manager would put it: away.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${script} ended with code ${child.exitCode}.`);
    const answer = await fetch(`${url}${path}`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) break;
    if (Date.now() > deadline) throw new Error(`${script} does not answer.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    pid: child.pid,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
