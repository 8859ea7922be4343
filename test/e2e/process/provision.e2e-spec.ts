import type { Credentials } from '#apps/api/src/provisioning/credentials-file.js';
import { withClient } from '#test/support/catalog.js';
import { acknowledgedFeedback, ChorusProcesses, demoToken, PROVISION } from '#test/support/chorus-process.js';
import { testDatabase } from '#test/support/test-database.js';

describe('npm run provision', () => {
  const processes = new ChorusProcesses();
  const databases: { drop(): Promise<void> }[] = [];

  afterEach(async () => {
    for (const database of databases.splice(0)) await database.drop();
  });

  async function environment(): Promise<Record<string, string>> {
    const database = await testDatabase('nothing');
    databases.push(database);
    return { CHORUS_DATA_DIR: await processes.dataDir(), DATABASE_URL: database.url };
  }

  it('on an empty database prints credentials that work, and refuses to do it twice', async () => {
    const env = await environment();
    const run = [
      'scripts/run.mjs',
      'provision',
      '--email',
      'you@example.com',
      '--time-zone',
      'Europe/Vienna',
    ];
    const first = processes.start({ run, env });
    expect(await first.exited).toBe(0);
    const made = JSON.parse(first.stdout) as Omit<Credentials, 'baseUrl'>;
    expect(made.admin).toEqual({ email: 'you@example.com', password: expect.any(String) });

    const again = processes.start({ run, env });
    expect(await again.exited).toBe(1);
    expect(again.stdout).toBe('');
    expect(again.stderr).toBe(
      'This database has accounts already: an operator makes more by POST /api/admin/accounts.\n',
    );

    const url = await processes.start({ env }).url();
    expect(await acknowledgedFeedback(url, await demoToken(url, made))).toEqual(expect.any(Number));
    const signedIn = await fetch(`${url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(made.admin),
    });
    expect(signedIn.status).toBe(200);
    const { accessToken } = (await signedIn.json()) as { accessToken: string };
    const accounts = await fetch(`${url}/api/admin/accounts`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    // Only an operator may list them.
    expect(accounts.status).toBe(200);
  });

  it('twice at the same moment makes one operator', async () => {
    const env = await environment();
    const run = [PROVISION, '--email', 'you@example.com'];
    const both = [processes.start({ run, env }), processes.start({ run, env })];
    expect((await Promise.all(both.map(({ exited }) => exited))).sort()).toEqual([0, 1]);
    const { rows } = await withClient(env['DATABASE_URL']!, (client) =>
      client.query('select count(*)::int as users from account_user where operator'),
    );
    expect(rows).toEqual([{ users: 1 }]);
  });

  it.each([
    [[], '--email must be an e-mail address.'],
    [['--email', 'nobody'], '--email must be an e-mail address.'],
    [['--email', 'you@example.com', '--password', 'short'], '--password must have 12 to 200 characters.'],
    [['--email', 'you@example.com', '--colour', 'red'], "Unknown option '--colour'"],
    [['--email', 'you@example.com', '--time-zone', 'Mars/Olympus'], '--time-zone must be an IANA name'],
    [['--email', 'you@example.com', '--project', 'p'.repeat(51)], '--project must have 1 to 50 characters.'],
    [['--email', 'you@example.com', '--account', ''], '--account must have 1 to 100 characters.'],
  ])('with %j says what is wrong and makes nothing', async (options, sentence) => {
    const env = await environment();
    const refused = processes.start({ run: [PROVISION, ...options], env });
    expect(await refused.exited).toBe(1);
    expect(refused.stdout).toBe('');
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.stderr).toContain(sentence);
    expect(refused.stderr).not.toContain('Chorus could not start');
  });
});
