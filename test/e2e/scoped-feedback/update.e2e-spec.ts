import { expectInvalid, expectProblem } from '#test/support/problems.js';
import {
  type Entry,
  entryOf,
  type History,
  type ScopedClient,
  SERVER,
  userWith,
} from '#test/support/scoped-feedback.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

describe('PATCH /v1/feedback/:feedbackId', () => {
  const app = testApp();
  let account: SeededAccount;
  let editor: ScopedClient;
  let reader: ScopedClient;
  let id: string;
  beforeAll(async () => {
    account = await app.seed.account();
    editor = await userWith(app, account, ['feedback:*'], SERVER, 'Grace');
    reader = await userWith(app, account, ['feedback:read'], SERVER, 'Ada');
  });
  beforeEach(async () => {
    id = await editor.created();
  });

  const patch = async (body: unknown) => entryOf(await editor.patch(id, body));
  const history = async (query?: string) => entryOf<History>(await editor.history(id, query));
  const events = () =>
    app.query<{ data: unknown; actor: string }>(
      `select data, actor_id as actor from event where type = 'feedback.updated' and subject_id = $1 order by id`,
      [id],
    );

  it('changes the seven members, and answers the whole entry as it is read afterwards', async () => {
    // The body of the published example.
    const response = await editor.patch(id, {
      status: 'IN_PROGRESS',
      severity: 'MEDIUM',
      labels: ['triage'],
      category: 'API',
      targetContext: 'profile lookup',
      resolutionNote: 'Investigating',
      assignedUserId: reader.id,
    });
    const entry = await entryOf(response);
    expect(entry).toMatchObject({
      id,
      scope: SERVER,
      title: 'Missing banner',
      status: 'IN_PROGRESS',
      severity: 'MEDIUM',
      labels: ['triage'],
      category: 'API',
      targetContext: 'profile lookup',
      resolutionNote: 'Investigating',
      assignedUserId: reader.id,
      assignedUserName: 'Ada',
      acknowledgedAt: entry.updatedAt,
      resolvedAt: null,
    });
    expect(new Date(entry.updatedAt) > new Date(entry.createdAt)).toBe(true);
    const read = await editor.get(id);
    expect(read.headers.get('etag')).toBe(response.headers.get('etag'));
    expect(await entryOf(read)).toEqual(entry);
  });

  it('clears what null clears, and keeps what was not sent', async () => {
    await patch({ resolutionNote: 'x', assignedUserId: reader.id, labels: ['a'], severity: 'HIGH' });
    const cleared = { category: null, targetContext: null, resolutionNote: null, assignedUserId: null };
    expect(await patch({ ...cleared, labels: [] })).toMatchObject({
      ...cleared,
      assignedUserName: null,
      labels: [],
      severity: 'HIGH',
    });
  });

  it('takes a merge patch, and labels as a create does', async () => {
    const response = await editor.patch(
      id,
      { labels: [' Bug', 'bug', 'ui'] },
      { 'Content-Type': 'application/merge-patch+json' },
    );
    expect(await entryOf(response)).toMatchObject({ labels: ['Bug', 'ui'] });
  });

  it('moves through the statuses with their times, closed and opened again', async () => {
    const acknowledged = await patch({ status: 'ACKNOWLEDGED' });
    const first = acknowledged.updatedAt;
    expect(acknowledged).toMatchObject({ acknowledgedAt: first, resolvedAt: null });
    const declined = await patch({ status: 'DECLINED', resolutionNote: 'No.' });
    expect(declined).toMatchObject({ acknowledgedAt: first, resolvedAt: declined.updatedAt });
    const resolved = await patch({ status: 'RESOLVED' });
    expect(resolved).toMatchObject({ acknowledgedAt: first, resolvedAt: resolved.updatedAt });
    expect(new Date(resolved.updatedAt) > new Date(declined.updatedAt)).toBe(true);
    expect(await patch({ status: 'OPEN' })).toMatchObject({
      status: 'OPEN',
      acknowledgedAt: first,
      resolvedAt: null,
      resolutionNote: 'No.',
    });
  });

  it('leaves everything alone when nothing is new: no time, no history, no event', async () => {
    const before = await patch({ status: 'ACKNOWLEDGED', labels: ['a'], category: 'c' });
    const [told, logged] = [await history(), await events()];
    expect(await patch({ status: 'ACKNOWLEDGED', labels: ['a'], category: 'c' })).toEqual(before);
    expect([await history(), await events()]).toEqual([told, logged]);
  });

  it.each<[unknown, ...string[]]>([
    [{}, ''],
    [{ unknown: 1 }, ''],
    [{ status: 'CLOSED' }, '/status'],
    [{ status: null }, '/status'],
    [{ severity: null }, '/severity'],
    [{ severity: 'low' }, '/severity'],
    [{ labels: null }, '/labels'],
    [{ labels: [''] }, '/labels'],
    [{ labels: Array.from({ length: 21 }, String) }, '/labels'],
    [{ category: 'x'.repeat(65) }, '/category'],
    [{ category: 1 }, '/category'],
    [{ targetContext: 'x'.repeat(256) }, '/targetContext'],
    [{ resolutionNote: 'x'.repeat(4_001) }, '/resolutionNote'],
    [{ assignedUserId: '' }, '/assignedUserId'],
    [{ assignedUserId: 'nobody' }, '/assignedUserId'],
    [{ assignedUserId: '00000000-0000-7000-8000-000000000000' }, '/assignedUserId'],
    ...[
      'id',
      'scope',
      'type',
      'title',
      'description',
      'targetUserId',
      'authorId',
      'reporterId',
      'reporterName',
      'assignedUserName',
      'createdAt',
      'updatedAt',
      'acknowledgedAt',
      'resolvedAt',
    ].map((member): [unknown, string] => [{ status: 'RESOLVED', [member]: 'x' }, `/${member}`]),
    [{ title: null }, '/title'],
  ])('400 points at what is wrong with %j, and changes nothing', async (body, ...pointers) => {
    const before = await entryOf(await editor.get(id));
    await expectInvalid(await editor.patch(id, body), ...pointers);
    expect(await entryOf(await editor.get(id))).toEqual(before);
  });

  it.each(['0', '-1', '01', 'abc', '1.5', '9'.repeat(16), '9'.repeat(40), '999999', '%00', '%ff'])(
    'answers %s, which is no feedback, as what is not there',
    async (wrong) => {
      const expected = wrong === '%ff' ? 400 : 404;
      for (const call of [
        editor.patch(wrong, { status: 'OPEN' }),
        editor.get(wrong),
        editor.history(wrong),
      ]) {
        await expectProblem(await call, expected);
      }
    },
  );

  it('gives an entry only to those who may read it', async () => {
    const member = await userWith(app, account, ['feedback:edit'], SERVER);
    await expectInvalid(await editor.patch(id, { assignedUserId: member.id }), '/assignedUserId');
    const owner = account.owner.id.toUpperCase();
    expect(await patch({ assignedUserId: owner })).toMatchObject({ assignedUserId: account.owner.id });
    await app.query('update account_user set active = false where id = $1', [reader.id]);
    await app.query(`select pg_notify('chorus_changes', 'user ' || $1)`, [reader.id]);
    await expectInvalid(await editor.patch(id, { assignedUserId: reader.id }), '/assignedUserId');
    await app.query('update account_user set active = true where id = $1', [reader.id]);
    await app.query(`select pg_notify('chorus_changes', 'user ' || $1)`, [reader.id]);
    const stranger = (await app.seed.account()).owner;
    await expectInvalid(await editor.patch(id, { assignedUserId: stranger.id }), '/assignedUserId');
  });

  describe('with If-Match', () => {
    const change = (ifMatch: string, severity = 'HIGH') =>
      editor.patch(id, { severity }, { 'If-Match': ifMatch });

    it('412 unless the entry is as it was read, and tells the version that it has', async () => {
      const etag = (await editor.get(id)).headers.get('etag')!;
      expect(etag).toMatch(/^"[^"]+"$/);
      const good = await change(etag);
      expect(good.status).toBe(200);
      const now = good.headers.get('etag')!;
      expect(now).not.toBe(etag);
      for (const stale of [etag, `W/${now}`, now.slice(1, -1), '', '"x"', 'x']) {
        const refused = await change(stale, 'CRITICAL');
        await expectProblem(refused, 412);
        expect(refused.headers.get('etag')).toBe(now);
      }
      expect((await change(`"x", ${now}`, 'LOW')).status).toBe(200);
      expect((await change('*', 'CRITICAL')).status).toBe(200);
    });

    it('lets one of many at the same moment through', async () => {
      const etag = (await editor.get(id)).headers.get('etag')!;
      const all = await Promise.all(
        Array.from({ length: 8 }, (_, n) => editor.patch(id, { category: `c${n}` }, { 'If-Match': etag })),
      );
      expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    });

    it('304 answers a reader who has the version already', async () => {
      const etag = (await editor.get(id)).headers.get('etag')!;
      const { status } = await editor.call('GET', `/v1/feedback/${id}`, undefined, {
        'If-None-Match': etag,
        // Left out, fetch would ask for an answer that no cache may give.
        'Cache-Control': 'max-age=0',
      });
      expect(status).toBe(304);
    });
  });

  it('loses no change of many at the same moment, on two processes', async () => {
    const other = await userWith(await app.replica(), account, ['feedback:*']);
    const changes = [
      { status: 'RESOLVED' },
      { severity: 'CRITICAL' },
      { labels: ['x'] },
      { category: 'c' },
      { targetContext: 't' },
      { resolutionNote: 'r' },
      { assignedUserId: reader.id },
    ];
    const answers = await Promise.all(
      changes.map(async (change, n) => entryOf(await (n % 2 ? editor : other).patch(id, change))),
    );
    expect(await entryOf(await editor.get(id))).toMatchObject(Object.assign({}, ...changes) as object);
    const moments = answers.map(({ updatedAt }) => updatedAt);
    expect(new Set(moments).size).toBe(changes.length);
    const { items } = await history();
    expect(items.map(({ changedAt }) => changedAt).sort()).toEqual(moments.sort());
    expect(items).toHaveLength(changes.length);
  });

  it('is for scoped feedback alone: what came by another API is not there', async () => {
    const [inbox] = await app.query<{ projectId: number; channelId: number }>(
      `select project_id as "projectId", channel_id as "channelId" from scoped_inbox where account_id = $1`,
      [account.id],
    );
    const client = await app.seed.client({ account, projectId: inbox!.projectId });
    await app.query(
      `insert into feedback select made.* from feedback f, jsonb_populate_record(f, jsonb_build_object(
         'id', 800000000, 'channel_id', $2::bigint, 'scope_type', null, 'scope_id', null)) made where f.id = $1`,
      [id, client.channelId],
    );
    for (const call of [editor.get('800000000'), editor.patch('800000000', { status: 'OPEN' })]) {
      await expectProblem(await call, 404);
    }
    const listed = await entryOf<{ items: Entry[] }>(await editor.list(SERVER));
    expect(listed.items.map((item) => item.id)).not.toContain('800000000');
  });
});
