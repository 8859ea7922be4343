import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  acknowledgedFeedback,
  ChorusProcesses,
  credentialsIn,
  demoToken,
  feedbackStatus,
  isAlive,
  postmasterOf,
} from '#test/support/chorus-process.js';
import { until } from '#test/support/until.js';

describe('a server that was killed', () => {
  const processes = new ChorusProcesses();

  it('loses nothing that it acknowledged, and its successor uses the database that was left running', async () => {
    const dataDir = await processes.dataDir();
    const env = { CHORUS_DATA_DIR: dataDir };
    const killed = processes.start({ env });
    const killedUrl = await killed.url();
    const credentials = await credentialsIn(dataDir);
    const token = await demoToken(killedUrl, credentials);
    const ids = await Promise.all(Array.from({ length: 20 }, () => acknowledgedFeedback(killedUrl, token)));
    expect(await killed.stop('SIGKILL')).toBe('SIGKILL');
    const postmaster = await postmasterOf(dataDir);
    expect(postmaster).toBeDefined();

    const successor = processes.start({ env });
    const url = await successor.url();
    expect(await postmasterOf(dataDir)).toBe(postmaster);
    expect(successor.stdout).toContain('Using the PostgreSQL that was left running.');
    const fresh = await demoToken(url, credentials);
    for (const id of ids) expect(await feedbackStatus(url, fresh, id)).toBe(200);
    const owners = await readdir(join(dataDir, 'owner.lock'));
    expect(owners.map((name) => Number.parseInt(name, 10))).toEqual([successor.pid]);
    expect(await successor.stop()).toBe(0);
    expect(await postmasterOf(dataDir)).toBeUndefined();
    expect((await readdir(dataDir)).sort()).toEqual(['credentials.json', 'postgres', 'secret-key']);
  });

  it('together with its database loses nothing that it acknowledged, either', async () => {
    const dataDir = await processes.dataDir();
    const env = { CHORUS_DATA_DIR: dataDir };
    const killed = processes.start({ env });
    const killedUrl = await killed.url();
    const credentials = await credentialsIn(dataDir);
    const id = await acknowledgedFeedback(killedUrl, await demoToken(killedUrl, credentials));
    const postmaster = (await postmasterOf(dataDir))!;
    process.kill(postmaster, 'SIGKILL');
    await killed.stop('SIGKILL');
    await until(async () => !(await isAlive(postmaster)));

    const url = await processes.start({ env }).url();
    expect(await feedbackStatus(url, await demoToken(url, credentials), id)).toBe(200);
  });

  it('in the middle of its first start is followed by a first start that succeeds', async () => {
    const dataDir = await processes.dataDir();
    const env = { CHORUS_DATA_DIR: dataDir };
    for (const sign of ['Creating a PostgreSQL', 'Opening the database', 'migrations ran']) {
      const killed = processes.start({ env });
      await killed.said(sign).catch(() => undefined);
      await killed.stop('SIGKILL');
    }
    const url = await processes.start({ env }).url();
    expect(await demoToken(url, await credentialsIn(dataDir))).toEqual(expect.any(String));
  });
});
