import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  API,
  ChorusProcesses,
  credentialsIn,
  demoToken,
  FEEDBACK,
  feedbackStatus,
  isAlive,
  postmasterOf,
} from '#test/support/chorus-process.js';
import { RawClient } from '#test/support/raw-http.js';
import { until } from '#test/support/until.js';

const BODY = JSON.stringify(FEEDBACK);

describe('a server that is told to stop', () => {
  const processes = new ChorusProcesses();
  const clients: RawClient[] = [];

  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  async function started(env: Record<string, string> = {}) {
    const dataDir = await processes.dataDir();
    const api = processes.start({ env: { CHORUS_DATA_DIR: dataDir, ...env } });
    const url = await api.url();
    return { api, dataDir, url, token: await demoToken(url, await credentialsIn(dataDir)) };
  }

  async function client(url: string): Promise<RawClient> {
    const opened = await RawClient.open(Number(new URL(url).port));
    clients.push(opened);
    return opened;
  }

  /** Sends a feedback but for the last byte of its body, and waits until the server is reading it. */
  async function half(url: string, token: string): Promise<RawClient> {
    const slow = await client(url);
    await slow.write(
      `POST /api/client/feedbacks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${BODY.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await slow.interim();
    await slow.write(BODY.slice(0, -1));
    return slow;
  }

  async function refusesConnections(url: string): Promise<boolean> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    try {
      return await new Promise((resolve) => {
        socket.once('connect', () => resolve(false));
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
      });
    } finally {
      socket.destroy();
    }
  }

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s finishes what it accepted, takes nothing new, is not ready meanwhile, and stops its database',
    async (signal) => {
      const { api, dataDir, url, token } = await started();
      const slow = await half(url, token);
      const probe = await client(url);
      await probe.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n');
      await fetch(`${url}/health/live`); // the halves before it were read

      api.child.kill(signal);
      await until(() => refusesConnections(url));
      expect(api.ended).toBe(false);
      await probe.write('\r\n');
      const answer = await probe.answer();
      expect(answer.status).toBe(503);
      expect(JSON.parse(answer.body)).toMatchObject({ checks: { database: 'ok', accepting: 'failed' } });
      expect(answer.head).toMatch(/connection: close/i);

      await slow.write(BODY.slice(-1));
      const created = await slow.answer();
      expect(created.status).toBe(201);
      const answered = Date.now();
      expect(await api.exited).toBe(0);
      // The client might have kept its connection for longer.
      expect(Date.now() - answered).toBeLessThan(3_000);
      expect(api.stderr).toBe('');
      expect(await postmasterOf(dataDir)).toBeUndefined();
      expect(await readdir(dataDir)).not.toContain('owner.lock');

      const next = await processes.start({ env: { CHORUS_DATA_DIR: dataDir } }).url();
      const id = (JSON.parse(created.body) as { data: number }).data;
      expect(await feedbackStatus(next, await demoToken(next, await credentialsIn(dataDir)), id)).toBe(200);
    },
  );

  it('does not wait for a client that never finishes, nor for one that only holds a connection', async () => {
    const { api, dataDir, url, token } = await started({ SHUTDOWN_SECONDS: '1' });
    const slow = await half(url, token);
    const idle = await client(url);
    await idle.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await idle.answer();
    await client(url); // and one that never says a word
    const told = Date.now();
    expect(await api.stop()).toBe(0);
    expect(Date.now() - told).toBeGreaterThanOrEqual(1_000);
    expect(Date.now() - told).toBeLessThan(4_000);
    await expect(slow.answer()).rejects.toThrow('without an answer');
    expect(await postmasterOf(dataDir)).toBeUndefined();
  });

  it('twice does not wait any longer', async () => {
    const { api, url, token } = await started();
    await half(url, token);
    api.child.kill('SIGTERM');
    await until(() => refusesConnections(url));
    expect(await api.stop('SIGTERM')).toBe(1);
  });

  it('while it starts finishes the start and stops, with nothing left running', async () => {
    const dataDir = await processes.dataDir();
    const api = processes.start({ env: { CHORUS_DATA_DIR: dataDir } });
    await api.said('Creating a PostgreSQL');
    expect(await api.stop()).toBe(0);
    expect(await postmasterOf(dataDir)).toBeUndefined();
    expect(await readdir(dataDir)).not.toContain('owner.lock');
  });
});

describe('the launcher', () => {
  const processes = new ChorusProcesses();

  async function launched() {
    const dataDir = await processes.dataDir();
    const launcher = processes.start({
      run: ['scripts/run.mjs', 'start'],
      env: { CHORUS_DATA_DIR: dataDir },
    });
    await launcher.url();
    const [owner] = await readdir(join(dataDir, 'owner.lock'));
    const server = Number.parseInt(owner!, 10);
    expect(server).not.toBe(launcher.pid);
    return { dataDir, launcher, server };
  }

  it('that is killed takes the server and its database along', async () => {
    const { dataDir, launcher, server } = await launched();
    launcher.child.kill('SIGKILL');
    await until(async () => !(await isAlive(server)), 10_000);
    expect(await postmasterOf(dataDir)).toBeUndefined();
    expect(await readdir(dataDir)).not.toContain('owner.lock');
  });

  it('that is told to stop waits until everything has stopped', async () => {
    const { dataDir, launcher, server } = await launched();
    expect(await launcher.stop()).toBe(0);
    expect(await isAlive(server)).toBe(false);
    expect(await postmasterOf(dataDir)).toBeUndefined();
  });

  it('hands the exit code of a failed start on', async () => {
    const env = { CHORUS_DATA_DIR: await processes.dataDir(), PORT: 'x' };
    const launcher = processes.start({ run: ['scripts/run.mjs', 'start'], env });
    expect(await launcher.exited).toBe(1);
    expect(launcher.stderr).toContain('The configuration is not valid: PORT must');
  });
});

describe('a server without a launcher', () => {
  const processes = new ChorusProcesses();

  it('stops when whoever holds its channel is gone', async () => {
    const dataDir = await processes.dataDir();
    const api = processes.start({ run: [API], env: { CHORUS_DATA_DIR: dataDir } });
    await api.url();
    api.child.disconnect();
    expect(await api.exited).toBe(0);
    expect(await postmasterOf(dataDir)).toBeUndefined();
  });
});
