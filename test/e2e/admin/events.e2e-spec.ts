import { AdminClient } from '#test/support/admin.js';
import { PASSWORD, type SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

interface EventRow {
  readonly type: string;
  readonly project_id: number;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly subject_id: string;
  readonly data: Record<string, unknown>;
}

describe('a change by the management API', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;

  beforeAll(async () => {
    account = await app.seed.account({ operator: true });
    admin = await AdminClient.signIn(app, account.owner);
  });

  const events = () => app.query<EventRow & { id: string }>('select * from event order by type');

  /** The events that a call leaves, by type. */
  async function eventsOf(work: () => Promise<unknown>): Promise<EventRow[]> {
    const before = new Set((await events()).map(({ id }) => id));
    await work();
    return (await events()).filter(({ id }) => !before.has(id));
  }

  function byOwner(type: string, subject: string | number, data: object = {}, project = 0) {
    return expect.objectContaining({
      type,
      project_id: project,
      account_id: account.id,
      actor_kind: 'user',
      actor_id: account.owner.id,
      subject_id: String(subject),
      data,
    });
  }

  it('of an account or a user is one event', async () => {
    let made: { id: string };
    const owner = { email: 'fresh@example.com', password: PASSWORD, name: 'Ada Lovelace' };
    const created = await eventsOf(async () => {
      made = await admin.json('POST', '/api/admin/accounts', { name: 'Fresh Account', owner });
    });
    expect(created.map(({ type, actor_id }) => [type, actor_id])).toEqual([
      ['account.created', account.owner.id],
      ['user.created', account.owner.id],
    ]);
    expect(
      await eventsOf(() => admin.json('PATCH', `/api/admin/accounts/${account.id}`, { name: 'Renamed' })),
    ).toEqual([byOwner('account.updated', account.id, { members: ['name'] })]);
    const userEvents = await eventsOf(async () => {
      made = await admin.json('POST', '/api/admin/users', {
        ...owner,
        email: 'two@example.com',
        role: 'member',
      });
    });
    expect(userEvents).toEqual([byOwner('user.created', made!.id, { role: 'member' })]);
    const change = { password: 'another password of mine', name: null };
    expect(await eventsOf(() => admin.json('PATCH', `/api/admin/users/${made.id}`, change))).toEqual([
      byOwner('user.updated', made!.id, { members: ['name', 'password'] }),
    ]);
  });

  it('of a project or a channel is one event of the project', async () => {
    let id = 0;
    const created = await eventsOf(async () => {
      ({ id } = await admin.json<{ id: number }>('POST', '/api/admin/projects', { name: 'Secret Plans' }));
    });
    expect(created).toEqual([byOwner('project.created', id, {}, id)]);
    const path = `/api/admin/projects/${id}`;
    expect(await eventsOf(() => admin.json('PATCH', path, { timeZone: 'Asia/Tokyo' }))).toEqual([
      byOwner('project.updated', id, { members: ['timeZone'] }, id),
    ]);
    let channel = 0;
    const made = await eventsOf(async () => {
      ({ id: channel } = await admin.json<{ id: number }>('POST', `${path}/channels`, { name: 'Hush' }));
    });
    expect(made).toEqual([byOwner('channel.created', channel, {}, id)]);
    const change = { description: 'About Ada Lovelace' };
    expect(await eventsOf(() => admin.json('PATCH', `${path}/channels/${channel}`, change))).toEqual([
      byOwner('channel.updated', channel, { members: ['description'] }, id),
    ]);
  });

  it('of a client, a secret or a signing key is one event', async () => {
    const { id: projectId } = await app.seed.project(account);
    let client: { id: string; channelId: number; secrets: { id: string }[] };
    const created = await eventsOf(async () => {
      client = await admin.json('POST', '/api/admin/oauth-clients', { name: 'Backend of Ada', projectId });
    });
    const { id, channelId, secrets } = client!;
    expect(created).toEqual([
      byOwner('channel.created', channelId, {}, projectId),
      byOwner('oauth-client.created', id, { secretId: secrets[0]!.id }, projectId),
    ]);
    const path = `/api/admin/oauth-clients/${id}`;
    expect(await eventsOf(() => admin.json('PATCH', path, { active: true }))).toEqual([
      byOwner('oauth-client.updated', id, { members: ['active'] }, projectId),
    ]);
    let secretId = '';
    const rotated = await eventsOf(async () => {
      ({ id: secretId } = await admin.json<{ id: string }>('POST', `${path}/secrets`, {}));
    });
    expect(rotated).toEqual([byOwner('oauth-client.secret-created', id, { secretId }, projectId)]);
    expect(await eventsOf(() => admin.call('DELETE', `${path}/secrets/${secretId}`))).toEqual([
      byOwner('oauth-client.secret-revoked', id, { secretId }, projectId),
    ]);
    expect(await eventsOf(() => admin.call('DELETE', `${path}/secrets/${secretId}`))).toEqual([]);
    let key = '';
    const signing = await eventsOf(async () => {
      ({ id: key } = await admin.json<{ id: string }>('POST', '/api/admin/signing-keys/rotate'));
    });
    expect(signing).toEqual([byOwner('signing-key.rotated', key)]);
  });

  it('that was refused leaves none', async () => {
    const refused = await eventsOf(async () => {
      await admin.call('POST', '/api/admin/projects', { name: '' });
      await admin.call('POST', '/api/admin/projects', { name: 'Secret Plans' });
      await admin.call('POST', '/api/admin/users', {
        email: account.owner.email,
        password: PASSWORD,
        role: 'owner',
      });
      await admin.call('PATCH', `/api/admin/users/${account.owner.id}`, { active: false });
      await admin.call('POST', '/api/admin/oauth-clients', { name: 'x', projectId: 999_999 });
    });
    expect(refused).toEqual([]);
  });

  it('tells nothing of what people wrote or who they are', async () => {
    const text = JSON.stringify(await app.query('select * from event'));
    for (const word of [
      '@',
      'Ada',
      'Fresh Account',
      'Secret Plans',
      'Hush',
      'Backend',
      'password of',
      'chsec_',
      'argon2',
    ]) {
      expect([word, text.includes(word)]).toEqual([word, false]);
    }
  });
});
