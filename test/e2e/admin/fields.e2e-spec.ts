import { AdminClient } from '#test/support/admin.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

interface Option {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

interface Field {
  readonly id: string;
  readonly key: string;
  readonly options: readonly Option[];
}

describe('/api/admin/projects/:projectId/channels/:channelId/fields', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let projectId: number;
  let channels: string;

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    projectId = (await app.seed.project(account)).id;
    channels = `/api/admin/projects/${projectId}/channels`;
  });

  let count = 0;
  async function makeChannel(): Promise<{ id: number; fields: string }> {
    const { id } = await admin.json<{ id: number }>('POST', channels, { name: `Channel ${++count}` });
    return { id, fields: `${channels}/${id}/fields` };
  }
  const list = async (fields: string) => (await admin.json<{ items: Field[] }>('GET', fields)).items;

  it('201 makes a field, behind the others, as it was asked for', async () => {
    const { fields } = await makeChannel();
    const message = await admin.json<Field>('POST', fields, {
      key: 'message',
      name: 'Message',
      format: 'text',
    });
    expect(message).toEqual({
      id: expect.any(String),
      key: 'message',
      name: 'Message',
      description: null,
      format: 'text',
      editable: true,
      active: true,
      personal: false,
      system: false,
      options: [],
    });
    const os = await admin.json<Field>('POST', fields, {
      key: 'os',
      name: 'OS',
      description: 'Where',
      format: 'select',
      editable: false,
      active: false,
      personal: true,
      options: [{ key: 'ios', name: 'iOS', id: 'x' }],
      systemColumn: 'status',
      position: -1,
    });
    expect(os).toMatchObject({ editable: false, active: false, personal: true, system: false });
    expect(os.options).toEqual([{ id: expect.any(String), key: 'ios', name: 'iOS' }]);
    expect(await list(fields)).toEqual([message, os]);
  });

  it('201 keeps an aiField as text', async () => {
    const { fields } = await makeChannel();
    const made = await admin.json('POST', fields, { key: 'summary', name: 'Summary', format: 'aiField' });
    expect(made).toMatchObject({ format: 'text' });
  });

  it.each([
    [{}, ['/key', '/name', '/format']],
    [{ key: 'a-b', name: '', format: 'aFormat' }, ['/key', '/name', '/format']],
    [{ key: 'x'.repeat(51), name: 'x'.repeat(101), format: 'text' }, ['/key', '/name']],
    [{ key: 'createdAt', name: 'Issue', format: 'date' }, ['/key', '/name']],
    [{ key: '__proto__', name: 'Proto', format: 'text' }, ['/key']],
    [
      { key: 'a', name: 'A', format: 'text', editable: 'yes', active: 1, personal: 'no' },
      ['/editable', '/active', '/personal'],
    ],
    [{ key: 'a', name: 'A', format: 'text', options: [{ key: 'x', name: 'X' }] }, ['/options']],
    [{ key: 'a', name: 'A', format: 'select', options: 'x' }, ['/options']],
    [
      { key: 'a', name: 'A', format: 'select', options: [{ key: '' }] },
      ['/options/0/key', '/options/0/name'],
    ],
    [
      {
        key: 'a',
        name: 'A',
        format: 'select',
        options: [
          { key: 'x', name: 'X' },
          { key: 'x', name: 'Y' },
        ],
      },
      ['/options/1/key'],
    ],
  ])('400 points at what is wrong with %j, and makes nothing', async (body, pointers) => {
    const { fields } = await makeChannel();
    await expectInvalid(await admin.call('POST', fields, body), ...pointers);
    expect(await list(fields)).toEqual([]);
  });

  it('409 for a key or a name that another field has, also at the same moment', async () => {
    const { fields } = await makeChannel();
    const same = { key: 'same', name: 'Same', format: 'text' };
    const answers = await Promise.all(Array.from({ length: 4 }, () => admin.call('POST', fields, same)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    await expectProblem(await admin.call('POST', fields, { ...same, key: 'other' }), 409);
    const other = await admin.json<Field>('POST', fields, { ...same, key: 'other', name: 'Other' });
    await expectProblem(await admin.call('PATCH', `${fields}/${other.id}`, { name: 'Same' }), 409);
  });

  it('changes what is sent, and neither key nor format', async () => {
    const { fields } = await makeChannel();
    const made = await admin.json<Field>('POST', fields, { key: 'a', name: 'A', format: 'text' });
    const change = { name: 'B', description: 'More', editable: false, active: false, personal: true };
    const changed = await admin.json('PATCH', `${fields}/${made.id}`, {
      ...change,
      key: 'b',
      format: 'number',
    });
    expect(changed).toEqual({ ...made, ...change });
    expect(await list(fields)).toEqual([changed]);
    await expectInvalid(await admin.call('PATCH', `${fields}/${made.id}`, { name: 'ID' }), '/name');
  });

  it('leaves whether a mirrored column can be changed to the API that owns the channel', async () => {
    const client = await app.seed.client({ account });
    const fields = `/api/admin/projects/${client.projectId}/channels/${client.channelId}/fields`;
    const [own, email] = (await list(fields)) as [Field, Field];
    await expectProblem(await admin.call('PATCH', `${fields}/${email.id}`, { editable: true }), 409);
    expect(
      await admin.json('PATCH', `${fields}/${email.id}`, { name: 'Address', active: false }),
    ).toMatchObject({
      name: 'Address',
      system: true,
      editable: false,
    });
    expect(own).toMatchObject({ system: false });
  });

  it('orders fields and options, all of them or none', async () => {
    const { fields } = await makeChannel();
    const ids: string[] = [];
    for (const key of ['a', 'b', 'c']) {
      const options = ['x', 'y'].map((option) => ({ key: option, name: option }));
      ids.push(
        (await admin.json<Field>('POST', fields, { key, name: key, format: 'multiSelect', options })).id,
      );
    }
    const order = [ids[2]!, ids[0]!, ids[1]!];
    const ordered = await admin.json<{ items: Field[] }>('PUT', `${fields}/order`, { fieldIds: order });
    expect(ordered.items.map(({ key }) => key)).toEqual(['c', 'a', 'b']);
    expect(await list(fields)).toEqual(ordered.items);
    const unknown = '00000000-0000-7000-8000-000000000000';
    for (const fieldIds of [order.slice(1), [...order, unknown], [ids[0], ids[1], unknown], [], 'x', ['x']]) {
      await expectInvalid(await admin.call('PUT', `${fields}/order`, { fieldIds }), '/fieldIds');
    }
    const [first] = ordered.items;
    const optionIds = first!.options.map(({ id }) => id).toReversed();
    const options = `${fields}/${first!.id}/options`;
    await admin.json('PUT', `${options}/order`, { optionIds });
    expect((await list(fields))[0]!.options.map(({ key }) => key)).toEqual(['y', 'x']);
    await expectInvalid(
      await admin.call('PUT', `${options}/order`, { optionIds: [optionIds[0]] }),
      '/optionIds',
    );
  });

  it('a removed option is out of the choice, and comes back by its key', async () => {
    const { id, fields } = await makeChannel();
    const input = { key: 'os', name: 'OS', format: 'select', options: [{ key: 'ios', name: 'iOS' }] };
    const field = await admin.json<Field>('POST', fields, input);
    const options = `${fields}/${field.id}/options`;
    const web = await admin.json<Option>('POST', options, { key: 'web', name: 'Web' });
    expect((await admin.call('DELETE', `${options}/${web.id}`)).status).toBe(204);
    await expectProblem(await admin.call('DELETE', `${options}/${web.id}`), 404);
    await expectProblem(await admin.call('PATCH', `${options}/${web.id}`, { name: 'W' }), 404);
    expect((await list(fields))[0]!.options.map(({ key }) => key)).toEqual(['ios']);
    // Its name is free while it is away.
    const named = await admin.json<Option>('POST', options, { key: 'www', name: 'Web' });
    await expectProblem(await admin.call('POST', options, { key: 'web', name: 'Web' }), 409);
    await admin.json('PATCH', `${options}/${named.id}`, { name: 'WWW' });
    expect(await admin.json('POST', options, { key: 'web', name: 'Web' })).toEqual(web);
    expect((await list(fields))[0]!.options.map(({ key }) => key)).toEqual(['ios', 'www', 'web']);
    const schema = await app.server.app.get(ChannelsService).schema(account.system, projectId, id);
    await until(async () => (await current(id)).fields[0]!.options.length === 3);
    expect(schema.automatic.map(({ key }) => key)).toEqual(['id', 'createdAt', 'updatedAt', 'issues']);
  });

  it.each([
    [{ key: 'ios', name: 'Another' }, 409],
    [{ key: 'another', name: 'iOS' }, 409],
    [{ key: '', name: 'x' }, 400],
    [{ key: 'x'.repeat(51), name: 'x' }, 400],
  ])('refuses the option %j with %d', async (body, status) => {
    const { fields } = await makeChannel();
    const input = { key: 'os', name: 'OS', format: 'select', options: [{ key: 'ios', name: 'iOS' }] };
    const field = await admin.json<Field>('POST', fields, input);
    await expectProblem(await admin.call('POST', `${fields}/${field.id}/options`, body), status);
  });

  it('409 for an option of a field that takes none', async () => {
    const { fields } = await makeChannel();
    const { id } = await admin.json<Field>('POST', fields, { key: 'a', name: 'A', format: 'text' });
    await expectProblem(await admin.call('POST', `${fields}/${id}/options`, { key: 'x', name: 'X' }), 409);
  });

  it('404 for what is not there, or is somebody else`s, and nothing is changed', async () => {
    const { fields } = await makeChannel();
    const field = await admin.json<Field>('POST', fields, { key: 'os', name: 'OS', format: 'select' });
    const stranger = await AdminClient.signIn(app, (await app.seed.account()).owner);
    const calls: [string, string, unknown?][] = [
      ['GET', fields],
      ['POST', fields, { key: 'a', name: 'A', format: 'text' }],
      ['PUT', `${fields}/order`, { fieldIds: [field.id] }],
      ['PATCH', `${fields}/${field.id}`, { name: 'Mine' }],
      ['POST', `${fields}/${field.id}/options`, { key: 'x', name: 'X' }],
      ['PUT', `${fields}/${field.id}/options/order`, { optionIds: [] }],
      ['DELETE', `${fields}/${field.id}/options/${field.id}`],
    ];
    for (const [method, path, body] of calls) {
      await expectProblem(await stranger.call(method, path, body), 404);
      const elsewhere = path.replace(/channels\/\d+/, 'channels/999999');
      await expectProblem(await admin.call(method, elsewhere, body), 404);
    }
    await expectProblem(
      await admin.call('PATCH', `${(await makeChannel()).fields}/${field.id}`, { name: 'x' }),
      404,
    );
    expect(await list(fields)).toEqual([field]);
  });

  it('can be looked at by a member, and changed by an owner alone', async () => {
    const member = await AdminClient.signIn(app, await app.seed.user(account));
    const { fields } = await makeChannel();
    expect((await member.call('GET', fields)).status).toBe(200);
    await expectProblem(await member.call('POST', fields, { key: 'a', name: 'A', format: 'text' }), 403);
  });

  it('409 in an archived project', async () => {
    const archived = await app.seed.project(account);
    const path = `/api/admin/projects/${archived.id}`;
    const { id } = await admin.json<{ id: number }>('POST', `${path}/channels`, { name: 'Old' });
    await admin.json('PATCH', path, { archived: true });
    const body = { key: 'a', name: 'A', format: 'text' };
    await until(async () => (await admin.call('POST', `${path}/channels/${id}/fields`, body)).status === 409);
  });

  it('is one event a change, which repeats nothing that people wrote', async () => {
    const { id, fields } = await makeChannel();
    const field = await admin.json<Field>('POST', fields, { key: 'os', name: 'Secret', format: 'select' });
    await admin.json('PATCH', `${fields}/${field.id}`, { description: 'Secret' });
    const option = await admin.json<Option>('POST', `${fields}/${field.id}/options`, {
      key: 'x',
      name: 'Secret',
    });
    await admin.call('DELETE', `${fields}/${field.id}/options/${option.id}`);
    const events = await app.query<{ type: string; data: object }>(
      `select type, data from event where project_id = $1 and subject_id = $2 order by id`,
      [projectId, field.id],
    );
    const optionId = option.id;
    expect(events).toEqual([
      { type: 'field.created', data: { channelId: id, format: 'select' } },
      { type: 'field.updated', data: { channelId: id, members: ['description'] } },
      { type: 'field.option-added', data: { channelId: id, optionId } },
      { type: 'field.option-removed', data: { channelId: id, optionId } },
    ]);
  });

  function current(channelId: number) {
    return app.server.app.get(ChannelsService).schema(account.system, projectId, channelId);
  }
});
