import { ChannelsService } from '#libs/channels/channels.service.js';
import { CrossReadWorld, type Values } from '#test/support/cross-read.js';
import { FeelbackCaller } from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';

interface Receipt {
  readonly feelbackId: string;
  readonly revokable: { readonly token: string };
}

const SETS = '/api/admin/content-sets';

describe('a content set that is mirrored into a channel', () => {
  const app = testApp();
  const anybody = new FeelbackCaller(app);
  let world: CrossReadWorld;
  let setId: string;
  let count = 0;

  const own = () => world.channels.own;
  const body = (more: object) => ({
    projectId: own().projectId,
    key: `set-${++count}`,
    name: 'Talk',
    schema: 'tagged-message',
    config: {
      items: [
        { value: 'idea', sentiment: 1 },
        { value: 'error', sentiment: -1 },
      ],
    },
    publicAggregates: true,
    mirrorChannelId: own().channelId,
    ...more,
  });
  const make = async (more: object = {}) =>
    (await world.admin.json<{ id: string }>('POST', SETS, body(more))).id;
  const give = (value: unknown, contentSetId = setId) =>
    anybody.result<Receipt>('feelbacks/create', { contentSetId, key: '/page', value });
  const edit = ({ feelbackId, revokable }: Receipt, value: unknown) =>
    anybody.call('feelbacks/edit', { feelbackId, revokeToken: revokable.token, value });
  const remove = ({ feelbackId, revokable }: Receipt) =>
    anybody.call('feelbacks/remove', { feelbackId, revokeToken: revokable.token });
  const counts = (contentSetId = setId) =>
    anybody.get('feelbacks/getAggregates', { contentSetId, key: '/page' }).then((answer) => answer.json());
  const feedbackOf = async ({ feelbackId }: Receipt) => {
    const [row] = await app.query<{ id: number | null }>(
      'select feedback_id as id from feelback where id = $1',
      [feelbackId],
    );
    return row!.id;
  };
  const inbox = (id: number | null) => world.admin.json<Values>('GET', `/api/admin/feedback/${id}`);

  beforeAll(async () => {
    world = await CrossReadWorld.make(app);
  });

  beforeEach(async () => {
    setId = await make();
  });

  it('names it, and can let go of it: what was mirrored stays', async () => {
    const receipt = await give({ tag: 'idea', message: 'More colours' });
    const set = () => world.admin.json<Values>('GET', `${SETS}/${setId}`);
    expect(await set()).toMatchObject({ mirrorChannelId: own().channelId });
    await world.admin.json('PATCH', `${SETS}/${setId}`, { name: 'Other' });
    expect(await set()).toMatchObject({ name: 'Other', mirrorChannelId: own().channelId });
    await world.admin.json('PATCH', `${SETS}/${setId}`, { mirrorChannelId: null });
    expect(await set()).toMatchObject({ mirrorChannelId: null });
    expect(await feedbackOf(await give({ tag: 'idea' }))).toBeNull();
    expect((await edit(receipt, { tag: 'idea', message: 'Fewer colours' })).status).toBe(200);
    expect(await inbox(await feedbackOf(receipt))).toMatchObject({ values: { message: 'Fewer colours' } });
  });

  it('must hold words, and the channel must be of its project and take words', async () => {
    const reaction = await make({ schema: 'reaction', mirrorChannelId: null });
    const { id: mute } = await app.server.app
      .get(ChannelsService)
      .create(world.account.system, own().projectId, {
        name: 'Mute',
        dialect: 'user-feedback',
        fields: [{ key: 'score', name: 'Score', format: 'number', editable: true }],
      });
    const foreign = await app.seed.client();
    const wrong: readonly (readonly [string, number])[] = [
      [reaction, own().channelId],
      [setId, mute],
      [setId, world.channels.inbox.channelId],
      [setId, foreign.channelId],
      [setId, 9_999_999],
    ];
    for (const [id, mirrorChannelId] of wrong) {
      const refused = await world.admin.call('PATCH', `${SETS}/${id}`, { mirrorChannelId });
      const { errors } = (await refused.json()) as { errors: { pointer: string }[] };
      expect([id, mirrorChannelId, refused.status, errors.map(({ pointer }) => pointer)]).toEqual([
        id,
        mirrorChannelId,
        400,
        ['/mirrorChannelId'],
      ]);
    }
    const created = await world.admin.call('POST', SETS, body({ mirrorChannelId: mute }));
    expect(created.status).toBe(400);
  });

  it('takes plain messages as well, without label and sentiment', async () => {
    const set = await make({ schema: 'message', config: undefined });
    const id = await feedbackOf(await give('  Well done. ', set));
    expect(await inbox(id)).toMatchObject({
      dialect: 'feelback',
      values: { message: 'Well done.', contentKey: '/page' },
      labels: [],
      sentiment: null,
    });
  });

  it('changes the feedback with the feelback, and nothing that others did to it', async () => {
    const receipt = await give({ tag: 'idea', message: 'More colours' });
    const id = await feedbackOf(receipt);
    await world.admin.json('PATCH', `/api/admin/feedback/${id}`, {
      status: 'IN_PROGRESS',
      labels: ['urgent', 'idea'],
    });
    await world.call(own(), 'PUT', `/${id}`, { score: 7 });
    const edited = await edit(receipt, { tag: 'error' });
    expect(edited.status).toBe(200);
    expect(await inbox(id)).toMatchObject({
      values: { score: 7, tag: 'error', contentKey: '/page' },
      labels: ['error', 'urgent'],
      sentiment: -1,
      status: 'IN_PROGRESS',
    });
    expect((await inbox(id))['values']).not.toHaveProperty('message');
    const search = { queries: [{ key: 'message', value: 'More colours', condition: 'CONTAINS' }] };
    expect((await world.search(own(), search)).items).toEqual([]);
    expect(await counts()).toEqual([0, 1]);
  });

  it('writes a new message where the old one is, though the fields stand in another order since', async () => {
    const receipt = await give({ tag: 'idea', message: 'first' });
    const path = `/api/admin/projects/${own().projectId}/channels/${own().channelId}/fields`;
    const { items } = await world.admin.json<{ items: { id: string; key: string }[] }>('GET', path);
    const order = (keys: readonly string[]) =>
      world.admin.json('PUT', `${path}/order`, {
        fieldIds: keys.map((key) => items.find((field) => field.key === key)!.id),
      });
    const keys = items.map(({ key }) => key);
    await order(keys.toReversed());
    expect((await edit(receipt, { tag: 'idea', message: 'second' })).status).toBe(200);
    const { values } = (await inbox(await feedbackOf(receipt))) as { values: Values };
    expect(values).toEqual({ message: 'second', tag: 'idea', contentKey: '/page' });
    await order(keys);
  });

  it('takes the feedback back with the feelback, in an archived project, too', async () => {
    const other = await app.seed.project(world.account);
    const { id: channel } = await app.server.app.get(ChannelsService).create(world.account.system, other.id, {
      name: 'Own',
      dialect: 'user-feedback',
      fields: [{ key: 'message', name: 'Message', format: 'text', editable: true }],
    });
    const set = await make({ projectId: other.id, mirrorChannelId: channel });
    const receipt = await give({ tag: 'idea', message: 'My address is ...' }, set);
    const id = await feedbackOf(receipt);
    await world.admin.json('PATCH', `/api/admin/projects/${other.id}`, { archived: true });
    expect((await remove(receipt)).status).toBe(200);
    expect((await world.admin.call('GET', `/api/admin/feedback/${id}`)).status).toBe(404);
    expect(await counts(set)).toEqual([0, 0]);
    const events = await app.query<{ type: string }>(
      `select type from event where project_id = $1 and subject_id in ($2, $3) order by id`,
      [other.id, String(id), receipt.feelbackId],
    );
    expect(events.map(({ type }) => type).sort()).toEqual([
      'feedback.created',
      'feedback.removed',
      'feelback.created',
      'feelback.revoked',
    ]);
  });

  it('keeps its counts when somebody removes the feedback, which then does not come back', async () => {
    const receipt = await give({ tag: 'idea', message: 'More colours' });
    await world.call(own(), 'DELETE', '', { feedbackIds: [await feedbackOf(receipt)] });
    expect(await feedbackOf(receipt)).toBeNull();
    expect(await counts()).toEqual([1, 0]);
    expect((await edit(receipt, { tag: 'error' })).status).toBe(200);
    expect(await counts()).toEqual([0, 1]);
    expect(await feedbackOf(receipt)).toBeNull();
  });

  it('leaves no feedback behind when the token is wrong', async () => {
    const receipt = await give({ tag: 'idea', message: 'mine' });
    const wrong = { ...receipt, revokable: { token: 'wrong' } };
    expect([(await edit(wrong, { tag: 'error' })).status, (await remove(wrong)).status]).toEqual([403, 403]);
    expect(await inbox(await feedbackOf(receipt))).toMatchObject({ values: { message: 'mine' } });
  });

  it('does not wait in a circle when visitors and operators change the same things at once', async () => {
    const receipts = await Promise.all(
      Array.from({ length: 40 }, (_, n) => give({ tag: 'idea', message: `${n}` })),
    );
    const ids = await Promise.all(receipts.map(feedbackOf));
    const { projectId, channelId, key } = own();
    const drop = (feedbackIds: readonly unknown[]) =>
      app.fetch(`/api/projects/${projectId}/channels/${channelId}/feedbacks`, {
        method: 'DELETE',
        headers: { 'x-api-key': key, 'Content-Type': 'application/json' },
        body: JSON.stringify({ feedbackIds }),
      });
    const answers = await Promise.all([
      ...receipts.map((receipt, n) => (n % 2 ? edit(receipt, { tag: 'error' }) : remove(receipt))),
      drop(ids.slice(0, 20).toReversed()),
      drop(ids.slice(10, 30)),
      world.admin.call('PATCH', `/api/admin/feedback/${ids[35]}`, { status: 'RESOLVED' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await counts()).toEqual([0, 20]);
    const left = await Promise.all(receipts.map(feedbackOf));
    expect(left).toEqual(ids.map((id, n) => (n % 2 && n >= 30 ? id : null)));
  });
});
