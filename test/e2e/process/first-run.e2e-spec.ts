import { execFile, execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import {
  acknowledgedFeedback,
  ChorusProcesses,
  credentialsIn,
  demoToken,
  feedbackStatus,
  postmasterOf,
} from '#test/support/chorus-process.js';
import { SCHEMAS } from '#libs/content-sets/schemas/schema.js';
import { freePort } from '#libs/platform/embedded-postgres/free-port.js';

const run = promisify(execFile);
const hasCurl = ((): boolean => {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const withCurl = hasCurl ? it : it.skip;

const PERSON = {
  id: expect.any(String) as unknown,
  email: expect.stringContaining('@') as unknown,
  password: expect.any(String) as unknown,
};

describe('the first run in an empty directory', () => {
  const processes = new ChorusProcesses();

  it('is ready, tells its credentials in a file that only its owner reads, and prints and logs no secret', async () => {
    const dataDir = await processes.dataDir();
    const api = processes.start({ env: { CHORUS_DATA_DIR: dataDir, LOG_LEVEL: 'trace' } });
    const url = await api.url();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await stat(join(dataDir, 'credentials.json'))).mode & 0o777).toBe(0o600);
    const credentials = await credentialsIn(dataDir);
    expect(credentials).toEqual({
      baseUrl: url,
      admin: { email: expect.stringContaining('@'), password: expect.any(String) },
      account: { id: expect.any(String) },
      insiderConnect: {
        clientId: expect.any(String),
        clientSecret: expect.any(String),
        projectId: expect.any(Number),
        channelId: expect.any(Number),
      },
      feelback: {
        projectId: '1',
        ownerKey: expect.stringMatching(/^chfb_/),
        viewerKey: expect.stringMatching(/^chfb_/),
        contentSets: Object.fromEntries(SCHEMAS.map((schema) => [schema, expect.any(String)])),
      },
      sourceImport: {
        sourceId: expect.any(String),
        apiKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
        projectId: expect.any(Number),
        channelId: expect.any(Number),
      },
      scopedFeedback: {
        projectId: expect.any(Number),
        channelId: expect.any(Number),
        server: { id: expect.any(String), secret: expect.any(String) },
        network: { id: expect.any(String) },
        users: { reader: PERSON, writer: PERSON, editor: PERSON },
      },
      userFeedback: {
        projectId: expect.any(Number),
        channelId: expect.any(Number),
        apiKey: expect.stringMatching(/^[0-9A-F]{20}$/),
      },
    });
    expect(api.stdout).toContain(join(dataDir, 'credentials.json'));
    expect(api.stdout).toContain(`${url}/docs`);
    expect(api.stderr).toBe('');

    const token = await demoToken(url, credentials);
    await acknowledgedFeedback(url, token);
    expect(await api.stop()).toBe(0);
    const secrets = [
      credentials.admin.password,
      credentials.scopedFeedback.server.secret,
      credentials.scopedFeedback.users.reader.password,
      credentials.insiderConnect.clientSecret,
      credentials.feelback.ownerKey,
      credentials.feelback.viewerKey,
      credentials.sourceImport.apiKey,
      credentials.userFeedback.apiKey,
      token,
      'user@example.com',
    ];
    for (const name of ['secret-key', 'postgres/password']) {
      secrets.push((await readFile(join(dataDir, name), 'utf8')).trim());
    }
    for (const secret of secrets) expect(api.stdout + api.stderr).not.toContain(secret);
  });

  withCurl(
    `prints lines that work when they are pasted, whatever the directory is called${hasCurl ? '' : ' (skipped: no curl)'}`,
    async () => {
      const dataDir = await processes.dataDir(`it's "my" $HOME & co`);
      const api = processes.start({ env: { CHORUS_DATA_DIR: dataDir } });
      await api.url();
      const lines = api.stdout.split('\n').filter((line) => line.startsWith('    curl '));
      expect(lines).toHaveLength(6);
      const env = { PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
      const answers = await Promise.all(
        lines.map(async (line) => JSON.parse((await run('sh', ['-c', line], { env })).stdout) as unknown),
      );
      expect(answers).toEqual([
        expect.objectContaining({ access_token: expect.any(String) }),
        { id: expect.any(Number) },
        expect.objectContaining({ feelbackId: expect.any(String) }),
        { message: 'REST import started successfully' },
        expect.objectContaining({ status: 'OPEN' }),
        expect.objectContaining({ accessToken: expect.any(String) }),
      ]);
    },
  );

  it('leaves everything for the second, which on another port corrects the base address and nothing else', async () => {
    const dataDir = await processes.dataDir();
    const env = { CHORUS_DATA_DIR: dataDir, PORT: String(await freePort()) };
    const first = processes.start({ env });
    const firstUrl = await first.url();
    const before = await credentialsIn(dataDir);
    const token = await demoToken(firstUrl, before);
    const id = await acknowledgedFeedback(firstUrl, token);
    expect(await first.stop()).toBe(0);
    expect(await postmasterOf(dataDir)).toBeUndefined();
    expect((await readdir(dataDir)).sort()).toEqual(['credentials.json', 'postgres', 'secret-key']);

    const same = processes.start({ env });
    const url = await same.url();
    expect(url).toBe(firstUrl);
    expect(await credentialsIn(dataDir)).toEqual(before);
    // The signing keys are the same, and the issuer is: the token of the first run is still good.
    expect(await feedbackStatus(url, token, id)).toBe(200);
    expect(await same.stop()).toBe(0);

    const moved = processes.start({ env: { ...env, PORT: '0' } });
    const movedUrl = await moved.url();
    expect(movedUrl).not.toBe(firstUrl);
    expect(await credentialsIn(dataDir)).toEqual({ ...before, baseUrl: movedUrl });
    expect((await stat(join(dataDir, 'credentials.json'))).mode & 0o777).toBe(0o600);
    expect(await feedbackStatus(movedUrl, await demoToken(movedUrl, before), id)).toBe(200);
  });
});
