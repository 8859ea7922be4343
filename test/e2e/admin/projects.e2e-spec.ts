import { AdminClient } from '#test/support/admin.js';
import { createFeedback, tokenOf } from '#test/support/insider-connect.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

interface Project {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly timeZone: string;
  readonly archived: boolean;
  readonly updatedAt: string;
}

const PATH = '/api/admin/projects';

describe('/api/admin/projects', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
  });

  const create = (body: unknown) => admin.json<Project>('POST', PATH, body);

  it('201 makes a project in UTC unless it is told otherwise', async () => {
    expect(await create({ name: 'Plain' })).toEqual({
      id: expect.any(Number),
      name: 'Plain',
      description: null,
      timeZone: 'UTC',
      archived: false,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect((await create({ name: 'Berlin', timeZone: 'Europe/Berlin' })).timeZone).toBe('Europe/Berlin');
  });

  it.each(['x', 'x'.repeat(50), '😀'.repeat(50), 'Ä ß 日本', '<b>"quoted"</b>', "'; drop table project; --"])(
    'takes the name %s as it is',
    async (name) => {
      expect((await create({ name })).name).toBe(name);
    },
  );

  it.each([
    [{}, ['/name']],
    [{ name: null }, ['/name']],
    [{ name: '' }, ['/name']],
    [{ name: 1 }, ['/name']],
    [{ name: 'x'.repeat(51) }, ['/name']],
    [{ name: '😀'.repeat(51) }, ['/name']],
    [{ name: 'a\uFE0F'.repeat(50) }, ['/name']],
    [{ name: 'n', description: 'x'.repeat(501) }, ['/description']],
    [{ name: 'n', timeZone: 'Mars/Olympus' }, ['/timeZone']],
    [{ name: 'n', timeZone: '' }, ['/timeZone']],
    [{ name: 'n', timeZone: null }, ['/timeZone']],
    [{ name: 'n', timeZone: '+01:00' }, ['/timeZone']],
    [{ name: ['a'], description: {}, timeZone: 1 }, ['/name', '/description', '/timeZone']],
  ])('400 points at what is wrong with %j', async (body, pointers) => {
    await expectInvalid(await admin.call('POST', PATH, body), ...pointers);
  });

  it('409 for a name that an active project of the account has, also at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => admin.call('POST', PATH, { name: 'Same' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const other = await create({ name: 'Other' });
    await expectProblem(await admin.call('PATCH', `${PATH}/${other.id}`, { name: 'Same' }), 409);
    const stranger = await AdminClient.signIn(app, (await app.seed.account()).owner);
    expect((await stranger.call('POST', PATH, { name: 'Same' })).status).toBe(201);
  });

  it('frees the name of an archived project, and asks for another when that comes back', async () => {
    const first = await create({ name: 'Reused' });
    const archived = await admin.json<Project>('PATCH', `${PATH}/${first.id}`, { archived: true });
    expect(archived.archived).toBe(true);
    const second = await create({ name: 'Reused' });
    await expectProblem(await admin.call('PATCH', `${PATH}/${first.id}`, { archived: false }), 409);
    await admin.json('PATCH', `${PATH}/${second.id}`, { name: 'Renamed' });
    const restored = await admin.json<Project>('PATCH', `${PATH}/${first.id}`, { archived: false });
    expect(restored).toMatchObject({ name: 'Reused', archived: false });
  });

  it('can be read when it is archived, and takes writes again once it is restored', async () => {
    const client = await app.seed.client({ account });
    const token = await tokenOf(app, client);
    const write = async () => (await createFeedback(app, token)).status;
    expect(await write()).toBe(201);
    await admin.json('PATCH', `${PATH}/${client.projectId}`, { archived: true });
    await until(async () => (await write()) === 409);
    const body = { name: 'New' };
    await expectProblem(await admin.call('POST', `${PATH}/${client.projectId}/channels`, body), 409);
    const list = await app.fetch('/api/client/feedbacks', { headers: { Authorization: `Bearer ${token}` } });
    expect(list.status).toBe(200);
    expect(await admin.json('GET', `${PATH}/${client.projectId}`)).toMatchObject({ archived: true });
    await admin.json('PATCH', `${PATH}/${client.projectId}`, { archived: false });
    await until(async () => (await write()) === 201);
  });

  it('changes what is sent, leaves the rest, and is later each time', async () => {
    const made = await create({ name: 'Change', description: 'Before', timeZone: 'Asia/Tokyo' });
    const path = `${PATH}/${made.id}`;
    const first = await admin.json<Project>('PATCH', path, { description: null, id: 7 });
    expect(first).toMatchObject({ ...made, description: null, updatedAt: expect.any(String) });
    const second = await admin.json<Project>('PATCH', path, { timeZone: 'America/New_York' });
    expect(second).toMatchObject({ name: 'Change', timeZone: 'America/New_York' });
    expect(second.updatedAt > first.updatedAt).toBe(true);
    await expectInvalid(
      await admin.call('PATCH', path, { timeZone: 'x', archived: 1 }),
      '/timeZone',
      '/archived',
    );
  });

  it('lists oldest first, page by page, archived ones too', async () => {
    const fresh = await app.seed.account();
    const lister = await AdminClient.signIn(app, fresh.owner);
    const made: number[] = [];
    for (let n = 0; n < 5; n++) made.push((await app.seed.project(fresh)).id);
    await lister.json('PATCH', `${PATH}/${made[1]}`, { archived: true });
    const first = await lister.json<{ items: Project[]; nextCursor: string }>('GET', `${PATH}?limit=3`);
    const last = await lister.json<{ items: Project[]; nextCursor: null }>(
      'GET',
      `${PATH}?limit=3&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...last.items].map(({ id }) => id)).toEqual(made);
    expect(last.nextCursor).toBeNull();
  });

  it('can be looked at by a member, and changed by an owner alone', async () => {
    const member = await AdminClient.signIn(app, await app.seed.user(account));
    const { id } = await app.seed.project(account);
    expect((await member.call('GET', PATH)).status).toBe(200);
    expect((await member.call('GET', `${PATH}/${id}`)).status).toBe(200);
    await expectProblem(await member.call('POST', PATH, { name: 'No' }), 403);
    await expectProblem(await member.call('PATCH', `${PATH}/${id}`, { name: 'No' }), 403);
  });

  it.each(['0', '-1', '1.5', 'x', '1e3', '9007199254740993', '99999999999999999999', '0x1', '%20', '１'])(
    '400 for the id %s, which is none',
    async (id) => {
      await expectProblem(await admin.call('GET', `${PATH}/${id}`), 400);
    },
  );
});
