import { AdminClient } from '#test/support/admin.js';
import type { SeededAccount } from '#test/support/seed.js';
import { EXAMPLE_ROWS, push } from '#test/support/source-import.js';
import { testApp } from '#test/support/test-app.js';

interface Source {
  readonly id: string;
  readonly projectId: number;
  readonly channelId: number;
}

const PATH = '/api/admin/sources';

describe('sources', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let projectId: number;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    projectId = (await app.seed.project(account)).id;
  });

  const create = (title: string, more = {}) =>
    admin.json<Source>('POST', PATH, { title, projectId, ...more });

  it('are made with a channel whose fields clients only read', async () => {
    const source = await create('Help desk', { timeZone: 'Europe/Berlin', sensitivity: 'mask' });
    expect(source).toEqual({
      id: expect.any(String),
      title: 'Help desk',
      type: 'rest',
      projectId,
      channelId: expect.any(Number),
      timeZone: 'Europe/Berlin',
      sensitivity: 'mask',
      enabled: true,
      archived: false,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(await admin.json('GET', `${PATH}/${source.id}`)).toEqual(source);
    const channel = `/api/admin/projects/${projectId}/channels/${source.channelId}`;
    expect(await admin.json('GET', channel)).toMatchObject({ name: 'Help desk', dialect: 'source-import' });
    const { items } = await admin.json<{ items: object[] }>('GET', `${channel}/fields`);
    expect(items).toMatchObject([
      { key: 'content', format: 'text', editable: false, personal: false },
      { key: 'name', format: 'keyword', editable: false, personal: true },
      { key: 'date', format: 'date', editable: false, personal: false },
    ]);
    expect(await create('Plain')).toMatchObject({ timeZone: 'UTC', sensitivity: 'none' });
  });

  it('change, are archived and come back', async () => {
    const { id } = await create('Changing');
    const change = { title: 'Changed', timeZone: 'Asia/Tokyo', sensitivity: 'drop-name', enabled: false };
    expect(await admin.json('PATCH', `${PATH}/${id}`, change)).toMatchObject(change);
    expect(await admin.json('PATCH', `${PATH}/${id}`, { archived: true })).toMatchObject({
      ...change,
      archived: true,
    });
    expect(await admin.json('PATCH', `${PATH}/${id}`, { archived: false })).toMatchObject({
      archived: false,
    });
    const events = await app.query<{ type: string }>(
      'select type from event where subject_id = $1 order by id',
      [id],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'source.created',
      'source.updated',
      'source.updated',
      'source.updated',
    ]);
  });

  it('are listed by page and by project, with their imports, latest first', async () => {
    const source = await app.seed.source({ account });
    const other = await create('Listed');
    const first = await admin.json<{ items: Source[]; nextCursor: string }>('GET', `${PATH}?limit=1`);
    expect([first.items.length, typeof first.nextCursor]).toEqual([1, 'string']);
    const second = await admin.json<{ items: Source[] }>('GET', `${PATH}?limit=1&cursor=${first.nextCursor}`);
    expect(second.items[0]!.id).not.toBe(first.items[0]!.id);
    const filtered = await admin.json<{ items: Source[] }>('GET', `${PATH}?projectId=${source.projectId}`);
    expect(filtered.items.map(({ id }) => id)).toEqual([source.sourceId]);
    const pushed = [await push(app, source, EXAMPLE_ROWS), await push(app, source, EXAMPLE_ROWS)];
    const imports = await admin.json<{ items: { id: string }[] }>(
      'GET',
      `${PATH}/${source.sourceId}/imports`,
    );
    expect(imports.items.map(({ id }) => id)).toEqual(
      pushed.map(({ headers }) => headers.get('x-import-id')).toReversed(),
    );
    expect(await admin.json('GET', `${PATH}/${other.id}/imports`)).toEqual({ items: [], nextCursor: null });
  });

  it.each([
    [{}, 'title'],
    [{ title: '' }, 'title'],
    [{ title: 'x'.repeat(51) }, 'title'],
    [{ title: 'x', projectId: '1' }, 'projectId'],
    [{ title: 'x', timeZone: '+01:00' }, 'timeZone'],
    [{ title: 'x', timeZone: 'Mars/Base' }, 'timeZone'],
    [{ title: 'x', sensitivity: 'all' }, 'sensitivity'],
  ])('are refused for %j, naming %s', async (body, field) => {
    const response = await admin.call('POST', PATH, { projectId, ...body });
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(`/${field}`);
  });

  it('need a name that no channel of the project has, and leave nothing behind without', async () => {
    await create('Twin');
    expect((await admin.call('POST', PATH, { title: 'Twin', projectId })).status).toBe(409);
    const rows = await app.query(`select 1 from source where title = 'Twin'`);
    expect(rows).toHaveLength(1);
  });

  it('of another account are not there', async () => {
    const { id } = await create('Mine');
    const foreign = await AdminClient.signIn(app, (await app.seed.account()).owner);
    for (const [method, path] of [
      ['GET', `${PATH}/${id}`],
      ['PATCH', `${PATH}/${id}`],
      ['GET', `${PATH}/${id}/imports`],
    ] as const) {
      const body = method === 'PATCH' ? { title: 'Theirs' } : undefined;
      expect((await foreign.call(method, path, body)).status).toBe(404);
    }
    expect((await foreign.call('POST', PATH, { title: 'x', projectId })).status).toBe(404);
  });
});
