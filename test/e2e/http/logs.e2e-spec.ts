import { uuidv7 } from '#libs/platform/ids/uuid.js';
import { AdminClient } from '#test/support/admin.js';
import { type BuiltApp, startBuiltApp } from '#test/support/built-app.js';
import { attach, createFeedback, requestToken, tokenOf } from '#test/support/insider-connect.js';
import { takeDatabaseAway } from '#test/support/outage.js';
import { PASSWORD } from '#test/support/seed.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const REQUEST_ID = '982e7534-2f5b-4b41-a35b-0112ba17be14';
/** What people are and say: nothing of it may stand in a log. */
const PERSONAL = [
  'visitor@people.example',
  'visitor',
  'people.example',
  'new.user',
  'Ada Lovelace',
  'so intuitive',
];

/** What one app can be asked, and the words that its log must not contain afterwards. */
interface Scenario {
  readonly app: Pick<TestApp, 'fetch'>;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly owner: { readonly email: string; readonly password: string };
  readonly projectId: number;
}

/** Good calls, refused ones and broken ones, of both dialects. @returns secrets that came up */
async function play({ app, client, owner, projectId }: Scenario): Promise<string[]> {
  const target = app as TestApp;
  const admin = await AdminClient.signIn(target, owner);
  const token = await tokenOf(target, client as never);
  const feedback = {
    description: 'so intuitive',
    submittedByEmail: 'visitor@people.example',
    contactConsent: true,
  };
  const created = await createFeedback(target, token, feedback, { 'Idempotency-Key': 'key-visitor' });
  const { data } = (await created.json()) as { data: number };
  await createFeedback(target, token, { ...feedback, contactConsent: 'visitor@people.example' });
  await createFeedback(target, token, '{"description":"visitor@people.example');
  await attach(target, token, data, [
    { name: 'visitor.pdf', type: 'application/pdf', content: Buffer.from('so intuitive') },
  ]);
  await requestToken(target, {
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: 'chsec_wrong',
  });
  await AdminClient.signIn(target, { email: 'visitor@people.example', password: 'so intuitive' }).catch(
    () => undefined,
  );
  const user = { email: 'new.user@people.example', password: PASSWORD, role: 'member', name: 'Ada Lovelace' };
  await admin.call('POST', '/api/admin/users', user);
  await admin.call('POST', '/api/admin/users', user);
  const made = await admin.json<{ secret: string; id: string }>('POST', '/api/admin/oauth-clients', {
    name: 'visitor',
    projectId,
  });
  for (const path of [
    '/visitor@people.example',
    '/api/admin/users/visitor@people.example',
    '/docs/visitor',
  ]) {
    await app.fetch(`${path}?email=visitor@people.example&access_token=${token}`, {
      headers: {
        Authorization: `Bearer ${token}x`,
        Referer: 'https://people.example/',
        'User-Agent': 'visitor',
      },
    });
  }
  await app.fetch('/api/client/feedbacks', { headers: { 'X-Request-Id': REQUEST_ID } });
  return [
    admin.token,
    token,
    client.clientSecret,
    owner.password,
    owner.email,
    made.secret,
    'chsec_',
    'eyJ',
    PASSWORD,
  ];
}

describe('the log of the application', () => {
  const app = testApp();

  it('tells of every call by its template, without a word of what was said or who said it', async () => {
    const client = await app.seed.client();
    const secrets = await play({ app, client, owner: client.account.owner, projectId: client.projectId });
    const bringBack = await takeDatabaseAway(app.databaseUrl);
    await requestToken(app, {
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: 'x',
    });
    await AdminClient.signIn(app, client.account.owner).catch(() => undefined);
    await bringBack();
    const text = JSON.stringify(app.log.entries);
    expect(text).toContain('/api/client/feedbacks/:feedbackId/attachments');
    expect([...PERSONAL, ...secrets].filter((word) => text.includes(word))).toEqual([]);
  });

  it('names who called by kind and id, and the request by its id', async () => {
    const client = await app.seed.client();
    const token = await tokenOf(app, client);
    const id = uuidv7();
    await createFeedback(app, token, undefined, { 'X-Request-Id': id });
    const line = () => app.log.entries.find(({ fields }) => fields['requestId'] === id);
    await until(() => line() !== undefined);
    expect(line()).toMatchObject({
      level: 'info',
      message: 'request',
      fields: {
        dialect: 'insider-connect',
        method: 'POST',
        route: '/api/client/feedbacks',
        status: 201,
        principal: `client:${client.clientId}`,
        ms: expect.any(Number),
      },
    });
  });
});

describe('the standard output of the built process', () => {
  let built: BuiltApp;

  beforeAll(async () => {
    built = await startBuiltApp({ LOG_LEVEL: 'trace' });
  });

  afterAll(() => built.stop());

  it('is JSON lines once it listens, with no personal data, secret, token or raw address, also when it fails', async () => {
    const { credentials } = built;
    const fetchOn = (path: string, init?: RequestInit) => fetch(`${built.url}${path}`, init);
    const app = { fetch: fetchOn };
    const client = credentials.insiderConnect;
    const secrets = await play({ app, client, owner: credentials.admin, projectId: client.projectId });
    const bringBack = await takeDatabaseAway(built.databaseUrl);
    await AdminClient.signIn(app as TestApp, credentials.admin).catch(() => undefined);
    await requestToken(app as TestApp, {
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: client.clientSecret,
    });
    await bringBack();
    expect(await built.stop()).toBe(0);

    const output = built.output();
    expect([...PERSONAL, ...secrets].filter((word) => output.includes(word))).toEqual([]);
    const lines = output.split('\n').filter((line) => line.startsWith('{'));
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      output
        .slice(output.indexOf('"listening"'))
        .split('\n')
        .slice(1)
        .filter((line) => line && !line.startsWith('{')),
    ).toEqual([]);
    for (const entry of entries)
      expect(entry).toMatchObject({ level: expect.any(String), time: expect.any(String) });
    expect(entries.filter(({ requestId }) => requestId === REQUEST_ID)).not.toEqual([]);
    const failure = entries.find(({ msg }) => msg === 'a request met a dependency that is down');
    expect(failure).toMatchObject({
      level: 'warn',
      requestId: expect.any(String),
      error: { type: expect.any(String) },
    });
    expect(JSON.stringify(entries)).not.toMatch(/"parameters"|"query"|"hostname"|"pid"/);
  });
});
