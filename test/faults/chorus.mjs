import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A Chorus with its embedded database, that can be killed and started again on the same port and data. */
export class Chorus {
  static async start(env = {}, dataDir = undefined) {
    const chorus = new Chorus();
    chorus.dataDir = dataDir ?? (await mkdtemp(join(tmpdir(), 'chorus-faults-')));
    chorus.env = env;
    chorus.port = 0;
    await chorus.spawn();
    const credentials = JSON.parse(await readFile(join(chorus.dataDir, 'credentials.json'), 'utf8'));
    chorus.port = Number(new URL(credentials.baseUrl).port);
    chorus.url = credentials.baseUrl;
    chorus.credentials = credentials;
    chorus.client = credentials.insiderConnect;
    chorus.source = credentials.sourceImport;
    return chorus;
  }

  /** Starts the process and waits until it listens. */
  async spawn() {
    this.child = spawn(process.execPath, ['dist/apps/api/src/main.js'], {
      cwd: root,
      env: {
        ...process.env,
        LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
        CHORUS_DATA_DIR: this.dataDir,
        PORT: String(this.port),
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.output = '';
    const listening = new Promise((resolve, reject) => {
      const collect = (chunk) => {
        this.output += chunk;
        if (this.output.includes('Swagger UI')) resolve();
      };
      this.child.stdout.on('data', collect);
      this.child.stderr.on('data', collect);
      this.child.once('exit', () => reject(new Error(`The server ended: ${this.output}`)));
    });
    await listening;
  }

  async token() {
    const answer = await fetch(`${this.url}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: this.client.clientId,
        client_secret: this.client.clientSecret,
      }),
    });
    if (answer.status !== 200) throw new Error(`No token: ${answer.status}`);
    return (await answer.json()).access_token;
  }

  /** The readiness status, or undefined when nobody answers. */
  async readiness() {
    const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(4_000) }).catch(
      () => undefined,
    );
    await answer?.arrayBuffer();
    return answer?.status;
  }

  async untilReady(patience = 30_000) {
    const deadline = Date.now() + patience;
    while ((await this.readiness()) !== 200) {
      if (Date.now() > deadline) throw new Error(`Not ready again within ${patience / 1000} s.`);
      await pause(50);
    }
  }

  async killNode() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }

  async postmaster() {
    const text = await readFile(join(this.dataDir, 'postgres/server/data/postmaster.pid'), 'utf8');
    const [pid, , , port] = text.split('\n');
    return { pid: Number(pid), port: Number(port) };
  }

  async connect() {
    const { port } = await this.postmaster();
    const password = (await readFile(join(this.dataDir, 'postgres/password'), 'utf8')).trim();
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'chorus',
      password,
      database: 'chorus',
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
