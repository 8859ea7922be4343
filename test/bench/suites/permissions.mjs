import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../lib/database.mjs';
import { inTurns } from '../lib/rounds.mjs';
import { HEAP_FLAGS, startServer } from '../lib/server.mjs';

/** So many roles the user has beside the one that decides. */
const OTHER_ROLES = 20;

/** The lightest request that permissions decide about, with their evaluation and without. */
export async function permissions(settings) {
  const database = await startDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-bench-data-'));
  const servers = [];
  const start = async (script) => {
    const env = {
      DATABASE_URL: database.url,
      NODE_ENV: 'development',
      CHORUS_DEMO: 'true',
      CHORUS_DATA_DIR: dataDir,
      // Of one deployment: the tokens of one are good at the other.
      PUBLIC_URL: 'http://localhost:3000',
    };
    const server = await startServer(script, env, '/health/ready', HEAP_FLAGS);
    servers.push(server);
    return server;
  };
  try {
    const guarded = await start('dist/apps/api/src/main.js');
    const unguarded = await start('test/bench/subjects/chorus-unguarded.mjs');
    const { admin, scopedFeedback } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'));
    const { server, users } = scopedFeedback;
    const owner = await tokenOf(guarded.url, admin);
    const call = async (method, path, body) => {
      const answer = await fetch(`${guarded.url}/api/admin${path}`, {
        method,
        headers: { Authorization: `Bearer ${owner}`, ...(body && { 'Content-Type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
      return answer.status === 204 ? undefined : answer.json();
    };
    for (let n = 0; n < OTHER_ROLES; n++) {
      const role = {
        name: `Role ${n}`,
        scope: 'server',
        scopeId: `server-${n}`,
        permissions: ['feedback:*'],
      };
      const { id } = await call('POST', '/roles', role);
      await call('PUT', `/users/${users.reader.id}/roles/${id}`);
    }
    const token = await tokenOf(guarded.url, users.reader);
    const request = ({ url }) => ({
      url: `${url}/v1/feedback?scope=server&scopeId=${encodeURIComponent(server.id)}&limit=1`,
      headers: { Authorization: `Bearer ${token}` },
    });
    const subjects = [
      { name: 'Chorus, list nothing', server: guarded, request: request(guarded) },
      { name: 'without evaluating permissions', server: unguarded, request: request(unguarded) },
    ];
    const rows = await inTurns(subjects, database, settings);
    return {
      intro:
        `An empty list by a user with ${OTHER_ROLES + 2} roles: token, permission from the caches, one query. The ` +
        'reference is the same process with an evaluation that always says yes.',
      rows,
      ratios: [{ text: 'with / without the evaluation (target 0.95)', value: rows[0].rate / rows[1].rate }],
    };
  } finally {
    for (const server of servers) await server.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function tokenOf(url, { email, password }) {
  const answer = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return (await answer.json()).accessToken;
}
