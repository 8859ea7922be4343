import { AdminClient } from '#test/support/admin.js';
import { requestToken, tokenOf } from '#test/support/insider-connect.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

interface Secret {
  readonly id: string;
  readonly hint: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly secret?: string;
}

interface Client {
  readonly id: string;
  readonly projectId: number;
  readonly channelId: number;
  readonly active: boolean;
  readonly permissions: string[];
  readonly secrets: Secret[];
  readonly secret?: string;
}

const PATH = '/api/admin/oauth-clients';

describe('/api/admin/oauth-clients', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let projectId: number;
  let count = 0;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    projectId = (await app.seed.project(account)).id;
  });

  function create(changes: Record<string, unknown> = {}): Promise<Client> {
    return admin.json<Client>('POST', PATH, { name: `Client ${++count}`, projectId, ...changes });
  }

  const rotate = (id: string, body: unknown = {}) => admin.json<Secret>('POST', `${PATH}/${id}/secrets`, body);

  /** Whether a secret opens the door. */
  async function opens({ id }: Client, secret: string | undefined): Promise<boolean> {
    const response = await requestToken(app, {
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret!,
    });
    expect([200, 400]).toContain(response.status);
    return response.status === 200;
  }

  async function reads(token: string): Promise<number> {
    const headers = { Authorization: `Bearer ${token}` };
    return (await app.fetch('/api/client/feedbacks', { headers })).status;
  }

  it('201 makes a client with a channel of its own, whose fields mirror the dialect, and a first secret', async () => {
    const made = await create({ name: 'Mobile backend' });
    expect(made).toEqual({
      id: expect.any(String),
      name: 'Mobile backend',
      projectId,
      channelId: expect.any(Number),
      permissions: ['feedback:read', 'feedback:write'],
      active: true,
      secrets: [
        {
          id: expect.any(String),
          hint: made.secret!.slice(-4),
          createdAt: expect.any(String),
          expiresAt: null,
          revokedAt: null,
          lastUsedAt: null,
        },
      ],
      secret: expect.stringMatching(/^chsec_[\w-]{43}$/),
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const channel = `/api/admin/projects/${projectId}/channels/${made.channelId}`;
    expect(await admin.json('GET', channel)).toMatchObject({ name: 'Mobile backend', dialect: 'insider-connect' });
    expect((await admin.json<{ items: unknown[] }>('GET', `${channel}/fields`)).items).toHaveLength(4);
    expect(await opens(made, made.secret)).toBe(true);
  });

  it('shows a secret once and never again, and keeps nothing that it could be made from', async () => {
    const made = await create();
    const second = await rotate(made.id);
    const answers = [
      await admin.json('GET', `${PATH}/${made.id}`),
      await admin.json('GET', `${PATH}?limit=200`),
      await admin.json('PATCH', `${PATH}/${made.id}`, { name: 'Renamed' }),
      await app.query('select id, client_id, digest::text, hint from oauth_client_secret'),
      await app.query('select * from event'),
    ];
    const text = JSON.stringify(answers);
    for (const { secret } of [made, second]) {
      expect(text).not.toContain(secret!.slice('chsec_'.length));
      expect(text).not.toContain(Buffer.from(secret!).toString('hex'));
    }
    expect(text).not.toContain('chsec_');
  });

  it.each([
    [{}, ['/projectId']],
    [{ name: '', projectId: 0 }, ['/name', '/projectId']],
    [{ projectId: '1' }, ['/projectId']],
    [{ projectId: 1.5, permissions: [] }, ['/projectId', '/permissions']],
    [{ projectId: 1, permissions: ['platform:manage'] }, ['/permissions']],
    [{ projectId: 1, permissions: 'feedback:read' }, ['/permissions']],
    [{ projectId: 1, permissions: ['feedback:read', 'feedback:read'] }, ['/permissions']],
    [{ projectId: 1e300 }, ['/projectId']],
  ])('400 points at what is wrong with %j', async (body, pointers) => {
    await expectInvalid(await admin.call('POST', PATH, { name: 'x', ...body }), ...pointers);
  });

  it('makes nothing at all when its channel cannot be made', async () => {
    const made = await create({ name: 'Taken' });
    const before = await app.query('select id from oauth_client');
    await expectProblem(await admin.call('POST', PATH, { name: 'Taken', projectId: made.projectId }), 409);
    await expectProblem(await admin.call('POST', PATH, { name: 'Nowhere', projectId: 999_999 }), 404);
    expect(await app.query('select id from oauth_client')).toEqual(before);
    expect(await app.query(`select 1 from channel where name = 'Nowhere'`)).toEqual([]);
  });

  it('lets two secrets be active, and no third, also at the same moment', async () => {
    const made = await create();
    const answers = await Promise.all([1, 2, 3].map(() => admin.call('POST', `${PATH}/${made.id}/secrets`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const second = (await answers.find(({ status }) => status === 201)!.json()) as Secret;
    expect(await opens(made, made.secret)).toBe(true);
    expect(await opens(made, second.secret)).toBe(true);
    await expectProblem(await admin.call('POST', `${PATH}/${made.id}/secrets`, {}), 409);
  });

  it('ends the secrets before a new one after the overlap', async () => {
    const made = await create();
    const second = await rotate(made.id, { overlapSeconds: 3600 });
    try {
      app.clock.advance(3_590_000);
      expect(await opens(made, made.secret)).toBe(true);
      app.clock.advance(20_000);
      expect(await opens(made, made.secret)).toBe(false);
      expect(await opens(made, second.secret)).toBe(true);
      const third = await rotate(made.id, { overlapSeconds: 0 });
      expect(await opens(made, second.secret)).toBe(false);
      expect(await opens(made, third.secret)).toBe(true);
    } finally {
      app.clock.reset();
    }
    for (const overlapSeconds of [-1, 7_776_001, 1.5, '60']) {
      await expectInvalid(await admin.call('POST', `${PATH}/${made.id}/secrets`, { overlapSeconds }), '/overlapSeconds');
    }
  });

  it('never lengthens the life of a secret by an overlap', async () => {
    const made = await create();
    await rotate(made.id, { overlapSeconds: 60 });
    const { secrets } = await admin.json<Client>('GET', `${PATH}/${made.id}`);
    const [first, second] = secrets as [Secret, Secret];
    await admin.call('DELETE', `${PATH}/${made.id}/secrets/${second.id}`);
    await rotate(made.id, { overlapSeconds: 7200 });
    const after = await admin.json<Client>('GET', `${PATH}/${made.id}`);
    expect(after.secrets[0]!.expiresAt).toBe(first.expiresAt);
  });

  it('revokes a secret with the tokens that it got, within two seconds, and leaves the other', async () => {
    const made = await create();
    const second = await rotate(made.id);
    const [first, other] = await Promise.all(
      [made.secret!, second.secret!].map((clientSecret) =>
        tokenOf(app, { clientId: made.id, clientSecret } as never),
      ),
    );
    expect(await reads(first!)).toBe(200);
    const path = `${PATH}/${made.id}/secrets/${made.secrets[0]!.id}`;
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect(await opens(made, made.secret)).toBe(false);
    await until(async () => (await reads(first!)) === 401, 2_000);
    expect(await reads(other!)).toBe(200);
    expect((await admin.call('DELETE', path)).status).toBe(204);
    const { secrets } = await admin.json<Client>('GET', `${PATH}/${made.id}`);
    expect(secrets.map(({ revokedAt }) => revokedAt !== null)).toEqual([true, false]);
  });

  it('bars a client that is switched off, and its tokens within two seconds, until it is switched on', async () => {
    const made = await create();
    const token = await tokenOf(app, { clientId: made.id, clientSecret: made.secret! } as never);
    expect(await reads(token)).toBe(200);
    const off = await admin.json<Client>('PATCH', `${PATH}/${made.id}`, { active: false });
    expect(off.active).toBe(false);
    expect(await opens(made, made.secret)).toBe(false);
    await until(async () => (await reads(token)) === 401, 2_000);
    await admin.json('PATCH', `${PATH}/${made.id}`, { active: true });
    expect(await opens(made, made.secret)).toBe(true);
  });

  it('takes a permission away from tokens that carry it, within two seconds', async () => {
    const made = await create();
    const token = await tokenOf(app, { clientId: made.id, clientSecret: made.secret! } as never);
    expect(await reads(token)).toBe(200);
    await admin.json('PATCH', `${PATH}/${made.id}`, { permissions: ['feedback:write'] });
    await until(async () => (await reads(token)) === 403, 2_000);
  });

  it('notes when a secret was used', async () => {
    const made = await create();
    await opens(made, 'wrong');
    expect((await admin.json<Client>('GET', `${PATH}/${made.id}`)).secrets[0]!.lastUsedAt).toBeNull();
    await opens(made, made.secret);
    const { secrets } = await admin.json<Client>('GET', `${PATH}/${made.id}`);
    expect(Date.parse(secrets[0]!.lastUsedAt!)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('lists the clients of the own account with their secrets, page by page', async () => {
    const fresh = await app.seed.account();
    const lister = await AdminClient.signIn(app, fresh.owner);
    const made = [];
    for (let n = 0; n < 3; n++) made.push(await app.seed.client({ account: fresh }));
    const first = await lister.json<{ items: Client[]; nextCursor: string }>('GET', `${PATH}?limit=2`);
    const last = await lister.json<{ items: Client[]; nextCursor: null }>(
      'GET',
      `${PATH}?limit=2&cursor=${first.nextCursor}`,
    );
    const items = [...first.items, ...last.items];
    expect(items.map(({ id }) => id)).toEqual(made.map(({ clientId }) => clientId));
    expect(items.map(({ secrets }) => secrets.map(({ id }) => id))).toEqual(made.map(({ secretId }) => [secretId]));
    expect(last.nextCursor).toBeNull();
  });

  it('is for owners alone', async () => {
    const made = await create();
    const member = await AdminClient.signIn(app, await app.seed.user(account));
    for (const [method, path] of [
      ['GET', PATH],
      ['GET', `${PATH}/${made.id}`],
      ['POST', PATH],
      ['PATCH', `${PATH}/${made.id}`],
      ['POST', `${PATH}/${made.id}/secrets`],
      ['DELETE', `${PATH}/${made.id}/secrets/${made.secrets[0]!.id}`],
    ] as const) {
      await expectProblem(await member.call(method, path), 403);
    }
  });
});
