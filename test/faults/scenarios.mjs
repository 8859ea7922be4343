import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chorus, pause } from './chorus.mjs';
import { Clients } from './clients.mjs';

/** Loads a server, lets `fault` happen `rounds` times, and counts when all clients have their answers. */
async function underLoad(chorus, rounds, seconds, fault) {
  const clients = new Clients(chorus, await chorus.token());
  clients.start();
  try {
    for (let round = 0; round < rounds; round++) {
      await pause(seconds * 1000 * (0.5 + Math.random()));
      await fault(clients, round);
      await chorus.untilReady();
    }
    await pause(seconds * 1000);
  } finally {
    await clients.finish();
  }
  return clients.count();
}

async function withChorus(env, work) {
  const chorus = await Chorus.start(env);
  try {
    return await work(chorus);
  } finally {
    await chorus.stop();
  }
}

export function nodeKilled({ rounds, seconds }) {
  return withChorus({}, (chorus) =>
    underLoad(chorus, rounds, seconds, async () => {
      await chorus.killNode();
      await chorus.spawn();
    }),
  );
}
nodeKilled.title = 'kill -9 of Node under load';

export function databaseKilled({ rounds, seconds }) {
  return withChorus({}, (chorus) =>
    underLoad(chorus, rounds, seconds, async (clients) => {
      const { pid } = await chorus.postmaster();
      process.kill(pid, 'SIGKILL');
      // Sessions of a killed server notice within moments; then nothing may call itself ready until it is back.
      await pause(300);
      const status = await chorus.readiness();
      const now = await chorus.postmaster().catch(() => undefined);
      if (status === 200 && now?.pid === pid) clients.problems.push('readiness said yes without a database');
    }),
  );
}
databaseKilled.title = 'kill -9 of PostgreSQL under load';

export function connectionsCut({ rounds, seconds }) {
  return withChorus({}, (chorus) =>
    underLoad(chorus, rounds, seconds, async () => {
      const database = await chorus.connect();
      await database.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
      await database.end();
    }),
  );
}
connectionsCut.title = 'all database connections cut under load';

/** Somebody else holds the table: every connection of the pool waits, the others queue. */
export function poolExhausted({ rounds, seconds }) {
  return withChorus({ DATABASE_POOL_SIZE: '2' }, (chorus) =>
    underLoad(chorus, Math.ceil(rounds / 3), seconds, async () => {
      const database = await chorus.connect();
      await database.query('begin; lock table feedback in access exclusive mode');
      await pause(7_000);
      await database.query('rollback');
      await database.end();
    }),
  );
}
poolExhausted.title = 'pool exhausted by a table that somebody locks for 7 s';

export async function diskFull({ seconds }) {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-small-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=0755', 'tmpfs', directory]);
  if (mounted.error || mounted.status !== 0) {
    await rm(directory, { recursive: true, force: true });
    return { skipped: 'a small tmpfs cannot be mounted here (it takes root)' };
  }
  let chorus;
  try {
    chorus = await Chorus.start({}, join(directory, 'data'));
    return await underLoad(chorus, 2, seconds, async () => {
      const ballast = join(directory, 'ballast');
      // Fills whatever is left.
      spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'], { stdio: 'ignore' });
      await writeFile(`${ballast}.more`, Buffer.alloc(1 << 20)).catch(() => undefined);
      await pause(seconds * 1000);
      await rm(ballast, { force: true });
      await rm(`${ballast}.more`, { force: true });
    });
  } finally {
    await chorus?.stop();
    execFileSync('umount', ['-l', directory]);
    await rm(directory, { recursive: true, force: true });
  }
}
diskFull.title = 'disk full under load, on a small tmpfs';
