import { AdminClient } from '#test/support/admin.js';
import { expectProblem } from '#test/support/problems.js';
import type { SeededAccount, SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

const UNKNOWN = '00000000-0000-7000-8000-000000000000';

describe('an owner', () => {
  const app = testApp();
  let victim: SeededAccount;
  let client: SeededClient;
  let own: SeededAccount;
  let ownClient: SeededClient;
  let intruder: AdminClient;
  let operator: AdminClient;

  beforeAll(async () => {
    victim = await app.seed.account();
    client = await app.seed.client({ account: victim });
    own = await app.seed.account();
    ownClient = await app.seed.client({ account: own });
    intruder = await AdminClient.signIn(app, own.owner);
    operator = await AdminClient.signIn(app, (await app.seed.account({ operator: true })).owner);
  });

  /** Every call that names a thing, with ids of one's own account filled in by `ids`. */
  function calls(ids: {
    user: string;
    account: string;
    project: number;
    channel: number;
    client: string;
    secret: string;
  }): [string, string, unknown?][] {
    const channels = `/api/admin/projects/${ids.project}/channels`;
    const clients = `/api/admin/oauth-clients/${ids.client}`;
    return [
      ['GET', `/api/admin/users/${ids.user}`],
      ['PATCH', `/api/admin/users/${ids.user}`, { password: 'taken over by me' }],
      ['PATCH', `/api/admin/users/${ids.user}`, { active: false }],
      ['GET', `/api/admin/projects/${ids.project}`],
      ['PATCH', `/api/admin/projects/${ids.project}`, { archived: true }],
      ['GET', channels],
      ['POST', channels, { name: 'Mine' }],
      ['GET', `${channels}/${ids.channel}`],
      ['GET', `${channels}/${ids.channel}/fields`],
      ['PATCH', `${channels}/${ids.channel}`, { name: 'Mine' }],
      ['POST', `${channels}/${ids.channel}/fields`, { key: 'mine', name: 'Mine', format: 'text' }],
      ['PUT', `${channels}/${ids.channel}/fields/order`, { fieldIds: [] }],
      ['POST', '/api/admin/oauth-clients', { name: 'Mine', projectId: ids.project }],
      ['GET', clients],
      ['PATCH', clients, { active: false }],
      ['POST', `${clients}/secrets`, {}],
      ['DELETE', `${clients}/secrets/${ids.secret}`],
    ];
  }

  function theirs() {
    return calls({
      user: victim.owner.id,
      account: victim.id,
      project: client.projectId,
      channel: client.channelId,
      client: client.clientId,
      secret: client.secretId,
    });
  }

  const missing = () =>
    calls({
      user: UNKNOWN,
      account: UNKNOWN,
      project: 999_999,
      channel: 999_999,
      client: UNKNOWN,
      secret: UNKNOWN,
    });

  it('gets the same answer for a thing of another account as for a missing one', async () => {
    const nowhere = missing();
    for (const [index, [method, path, body]] of theirs().entries()) {
      const there = await expectProblem(await intruder.call(method, path, body), 404);
      const [, unknownPath, unknownBody] = nowhere[index]!;
      const unknown = await expectProblem(await intruder.call(method, unknownPath, unknownBody), 404);
      expect({ ...there, requestId: '' }).toEqual({ ...unknown, requestId: '' });
    }
  });

  it('leaves no trace of trying', async () => {
    const state = async () => [
      await app.query('select * from account_user where account_id = $1', [victim.id]),
      await app.query('select * from project where account_id = $1', [victim.id]),
      await app.query('select * from channel where project_id = $1', [client.projectId]),
      await app.query('select * from field where project_id = $1 order by id', [client.projectId]),
      await app.query('select * from oauth_client where account_id = $1', [victim.id]),
      await app.query('select * from oauth_client_secret where client_id = $1', [client.clientId]),
      await app.query('select * from event where account_id = $1', [victim.id]),
    ];
    const before = await state();
    for (const [method, path, body] of theirs()) await intruder.call(method, path, body);
    expect(await state()).toEqual(before);
  });

  it('sees nothing of other accounts in any list, even with a cursor that points there', async () => {
    const cursor = (position: unknown) => Buffer.from(JSON.stringify([position])).toString('base64url');
    const lists: [string, unknown][] = [
      ['/api/admin/users', UNKNOWN],
      ['/api/admin/projects', 0],
      [`/api/admin/projects/${ownClient.projectId}/channels`, 0],
      ['/api/admin/oauth-clients', UNKNOWN],
    ];
    for (const [path, position] of lists) {
      const text = await (await intruder.call('GET', `${path}?limit=200&cursor=${cursor(position)}`)).text();
      expect(JSON.parse(text)).toMatchObject({ items: [expect.anything()], nextCursor: null });
      for (const id of [victim.id, victim.owner.id, client.clientId]) expect(text).not.toContain(id);
    }
  });

  it('cannot reach one client through the secrets of another', async () => {
    const path = `/api/admin/oauth-clients/${ownClient.clientId}/secrets/${client.secretId}`;
    await expectProblem(await intruder.call('DELETE', path), 404);
  });

  it('is not let in as an operator either: that one makes accounts, and looks into none', async () => {
    for (const [method, path, body] of theirs())
      await expectProblem(await operator.call(method, path, body), 404);
  });
});
