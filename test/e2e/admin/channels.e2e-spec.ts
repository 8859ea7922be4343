import { AdminClient } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

interface Channel {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
}

describe('/api/admin/projects/:projectId/channels', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let path: string;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    path = `/api/admin/projects/${(await app.seed.project(account)).id}/channels`;
  });

  it('201 makes a channel without fields', async () => {
    const made = await admin.json<Channel>('POST', path, { name: 'Contact', description: 'Form' });
    expect(made).toMatchObject({ id: expect.any(Number), name: 'Contact', description: 'Form' });
    expect(await admin.json('GET', `${path}/${made.id}`)).toEqual(made);
    expect(await admin.json('GET', `${path}/${made.id}/fields`)).toEqual({ items: [] });
  });

  it.each([
    [{}, ['/name']],
    [{ name: '', description: 1 }, ['/name', '/description']],
    [{ name: 'x'.repeat(51), description: 'x'.repeat(501) }, ['/name', '/description']],
  ])('400 points at what is wrong with %j', async (body, pointers) => {
    await expectInvalid(await admin.call('POST', path, body), ...pointers);
  });

  it('409 for a name that another channel of the project has, also at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => admin.call('POST', path, { name: 'Same' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const other = await admin.json<Channel>('POST', path, { name: 'Other' });
    await expectProblem(await admin.call('PATCH', `${path}/${other.id}`, { name: 'Same' }), 409);
    const elsewhere = `/api/admin/projects/${(await app.seed.project(account)).id}/channels`;
    expect((await admin.call('POST', elsewhere, { name: 'Same' })).status).toBe(201);
  });

  it('changes what is sent and leaves the rest', async () => {
    const made = await admin.json<Channel>('POST', path, { name: 'Before', description: 'Kept' });
    const changed = await admin.json('PATCH', `${path}/${made.id}`, { name: 'After', dialect: 'feelback' });
    expect(changed).toEqual({ ...made, name: 'After', updatedAt: expect.any(String) });
    expect(await admin.json('PATCH', `${path}/${made.id}`, { description: null })).toMatchObject({
      description: null,
    });
  });

  it('lists the channels of the project, page by page', async () => {
    const { id } = await app.seed.project(account);
    const own = `/api/admin/projects/${id}/channels`;
    for (const name of ['a', 'b', 'c']) await admin.json('POST', own, { name });
    const first = await admin.json<{ items: Channel[]; nextCursor: string }>('GET', `${own}?limit=2`);
    const last = await admin.json<{ items: Channel[]; nextCursor: null }>(
      'GET',
      `${own}?limit=2&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...last.items].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(last.nextCursor).toBeNull();
  });

  it('of a client has the fields of its dialect, in their order, with the personal one marked', async () => {
    const client = await app.seed.client({ account });
    const own = `/api/admin/projects/${client.projectId}/channels/${client.channelId}`;
    expect(await admin.json('GET', own)).toMatchObject({ dialect: 'insider-connect' });
    const { items } = await admin.json<{ items: Record<string, unknown>[] }>('GET', `${own}/fields`);
    expect(items.map(({ key, format, personal }) => [key, format, personal])).toEqual([
      ['description', 'text', false],
      ['submittedByEmail', 'keyword', true],
      ['contactConsent', 'boolean', false],
      ['sentimentRating', 'number', false],
    ]);
  });

  it('of another project of the same account is missing', async () => {
    const made = await admin.json<Channel>('POST', path, { name: 'Here' });
    const { id } = await app.seed.project(account);
    for (const suffix of ['', '/fields']) {
      await expectProblem(
        await admin.call('GET', `/api/admin/projects/${id}/channels/${made.id}${suffix}`),
        404,
      );
    }
    const elsewhere = `/api/admin/projects/${id}/channels/${made.id}`;
    await expectProblem(await admin.call('PATCH', elsewhere, { name: 'There' }), 404);
  });

  it('can be looked at by a member, and changed by an owner alone', async () => {
    const member = await AdminClient.signIn(app, await app.seed.user(account));
    expect((await member.call('GET', path)).status).toBe(200);
    await expectProblem(await member.call('POST', path, { name: 'No' }), 403);
  });

  it('a channel has its settings, and says what is wrong with them', async () => {
    const { id } = await admin.json<Channel>('POST', path, { name: 'Settings' });
    const own = `${path}/${id}`;
    expect(await admin.json('GET', own)).toMatchObject({ searchMaxDays: 365, imageHosts: [] });
    const settings = { searchMaxDays: -1, imageHosts: ['IMG.example.com', '[::1]', '127.0.0.1'] };
    expect(await admin.json('PATCH', own, settings)).toMatchObject({
      searchMaxDays: -1,
      imageHosts: ['img.example.com', '[::1]', '127.0.0.1'],
    });
    const bad = { searchMaxDays: 1.5, imageHosts: ['https://a.example'] };
    await expectInvalid(await admin.call('PATCH', own, bad), '/searchMaxDays', '/imageHosts');
  });
});
