import { randomUUID } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { withClient } from '#test/support/catalog.js';
import { ChorusProcesses, credentialsIn, WORKER } from '#test/support/chorus-process.js';
import { testDatabase } from '#test/support/test-database.js';
import { until } from '#test/support/until.js';

describe('the worker as a process of its own', () => {
  const processes = new ChorusProcesses();

  it('does the jobs that the API leaves alone, and stops when it is told to', async () => {
    const database = await testDatabase();
    try {
      const dataDir = await processes.dataDir();
      const env = { CHORUS_DATA_DIR: dataDir, DATABASE_URL: database.url, CHORUS_DEMO: 'true' };
      const api = processes.start({ env: { ...env, WORKER: 'false' } });
      await api.url();
      const worker = processes.start({ run: [WORKER], env });
      await worker.said('"msg":"working"');
      const [orphan, young] = await orphans(database.url, dataDir);
      await send(database.url, 'sweep-files');
      await until(() => worker.log().some(({ msg }) => msg === 'swept'), 15_000);
      expect(worker.log()).toContainEqual(
        expect.objectContaining({ msg: 'swept', what: 'files', removed: 1 }),
      );
      expect(api.log().filter(({ msg }) => msg === 'swept')).toEqual([]);
      await expect(access(orphan!)).rejects.toThrow('ENOENT');
      await access(young!);
      expect(await worker.stop()).toBe(0);
      expect(worker.stderr).toBe('');
      expect((await fetch(`${await api.url()}/health/ready`)).status).toBe(200);
    } finally {
      await database.drop();
    }
  });

  it('asks for the database of the API', async () => {
    const worker = processes.start({ run: [WORKER], env: { CHORUS_DATA_DIR: await processes.dataDir() } });
    expect(await worker.exited).toBe(1);
    expect(worker.stderr).toBe('Set DATABASE_URL: a worker that runs alone needs the database of the API.\n');
  });

  /** Two files that nothing refers to: one of two days ago, one of now. */
  async function orphans(url: string, dataDir: string): Promise<string[]> {
    const { insiderConnect } = await credentialsIn(dataDir);
    const paths: string[] = [];
    for (const age of ['2 days', '0 days']) {
      const id = randomUUID();
      const path = join(dataDir, 'files', id.slice(-2), id.slice(-4, -2), id);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'x');
      await withClient(url, (client) =>
        client.query(
          `insert into stored_file (project_id, id, size, media_type, digest, scan, kept, created_at)
           values ($1, $2, 1, 'application/pdf', '', 'not_scanned', false, now() - $3::interval)`,
          [insiderConnect.projectId, id, age],
        ),
      );
      paths.push(path);
    }
    return paths;
  }
});

async function send(url: string, job: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.send(job);
  await boss.stop();
}
