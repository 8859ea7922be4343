import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#libs/platform/database/migrate.js';
import { startEmbeddedPostgres } from '#libs/platform/embedded-postgres/embedded-postgres.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';

/** A durable PostgreSQL of the bench's own, migrated. */
export async function startDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  await migrate(postgres.url, new PinoLogger('error'));
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query('select pg_postmaster_start_time(), current_setting($1) as dir', [
    'data_directory',
  ]);
  const pidFile = await readFile(join(rows[0].dir, 'postmaster.pid'), 'utf8');
  return {
    url: postgres.url,
    dataDir,
    postmaster: Number(pidFile.split('\n')[0]),
    query: (sql, values) => client.query(sql, values),
    stop: async () => {
      await client.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** CPU seconds that the server has used, in all its processes, those that ended too. */
export async function databaseCpu(postmaster) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  let ticks = 0;
  for (const pid of pids) {
    const stat = await statOf(pid);
    if (!stat) continue;
    if (Number(pid) === postmaster) ticks += stat.own + stat.children;
    else if (stat.parent === postmaster) ticks += stat.own;
  }
  return ticks / 100;
}

/** CPU seconds of one process. */
export async function processCpu(pid) {
  return ((await statOf(pid))?.own ?? 0) / 100;
}

/** Resident megabytes of one process: now, and the most it ever had. */
export async function memoryOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const read = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024);
  return { now: read('VmRSS'), peak: read('VmHWM') };
}

async function statOf(pid) {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      own: Number(fields[11]) + Number(fields[12]),
      children: Number(fields[13]) + Number(fields[14]),
    };
  } catch {
    return undefined;
  }
}
