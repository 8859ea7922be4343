import { AdminClient } from '#test/support/admin.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import {
  EXAMPLE,
  type Entry,
  entryOf,
  FEEDBACK,
  ScopedClient,
  SERVER,
  serverOf,
  userWith,
} from '#test/support/scoped-feedback.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const MINIMAL = { scope: SERVER, title: 'T', description: 'D' };
const EMOJI = '\u{1f600}';

describe('POST /v1/feedback', () => {
  const app = testApp();
  let account: SeededAccount;
  let writer: ScopedClient;
  let editor: ScopedClient;
  beforeAll(async () => {
    account = await app.seed.account();
    writer = await userWith(app, account, ['feedback:read', 'feedback:write'], SERVER, 'Ada');
    editor = await userWith(app, account, ['feedback:*']);
  });
  afterEach(() => app.clock.reset());

  const post = (body: unknown, headers?: Record<string, string>) =>
    writer.call('POST', FEEDBACK, body, headers);
  const rows = async () => (await app.query('select 1 from feedback')).length;

  it('201 answers the whole entry, and where it is', async () => {
    const response = await writer.create();
    const entry = await entryOf(response, 201);
    expect(entry).toEqual({
      ...EXAMPLE,
      id: expect.stringMatching(/^[1-9]\d*$/),
      scope: SERVER,
      reporterId: writer.id,
      reporterName: 'Ada',
      assignedUserId: null,
      assignedUserName: null,
      status: 'OPEN',
      resolutionNote: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: entry.createdAt,
      acknowledgedAt: null,
      resolvedAt: null,
    });
    expect(response.headers.get('location')).toBe(`${FEEDBACK}/${entry.id}`);
    const read = await writer.get(entry.id);
    expect(read.headers.get('etag')).toBe(response.headers.get('etag'));
    expect(await entryOf(read)).toEqual(entry);
  });

  it('answers what was not sent as null, with GENERAL, MEDIUM and no labels', async () => {
    for (const body of [
      MINIMAL,
      { ...MINIMAL, type: null, severity: null, labels: null, category: null, authorId: null },
    ]) {
      expect(await entryOf(await post(body), 201)).toMatchObject({
        type: 'GENERAL',
        severity: 'MEDIUM',
        labels: [],
        category: null,
        targetContext: null,
        targetUserId: null,
      });
    }
  });

  it.each<[string, object, object]>([
    ['trims the title', { title: '  a b \n' }, { title: 'a b' }],
    ['keeps the description as it is', { description: ' a\n' }, { description: ' a\n' }],
    [
      'trims labels and keeps the first of those that differ in case alone',
      { labels: [' UI ', 'ui', 'b', 'Ui', 'B'] },
      { labels: ['UI', 'b'] },
    ],
    ['takes the longest title', { title: EMOJI.repeat(200) }, { title: EMOJI.repeat(200) }],
    ['takes the longest description', { description: EMOJI.repeat(10_000) }, {}],
    ['takes the longest category', { category: EMOJI.repeat(64) }, { category: EMOJI.repeat(64) }],
    ['takes an empty category for none', { category: '' }, { category: null }],
    ['takes the longest context', { targetContext: 'x'.repeat(255) }, { targetContext: 'x'.repeat(255) }],
    ['takes 20 labels of 50 characters', { labels: labels(20, 50) }, { labels: labels(20, 50) }],
    ['takes the highest severity', { severity: 'CRITICAL' }, { severity: 'CRITICAL' }],
    ['takes every type of ours', { type: 'PLAYER_REPORT' }, { type: 'PLAYER_REPORT' }],
    ['takes the caller as author', { authorId: 'the caller' }, {}],
    [
      'ignores members that only the server sets',
      { reporterName: 'Mallory', reporterId: 'x', resolvedAt: 'x', unknown: 1, id: '1' },
      { reporterName: 'Ada', resolvedAt: null },
    ],
  ])('%s', async (_, body, expected) => {
    const sent = 'authorId' in body ? { authorId: writer.id } : body;
    expect(await entryOf(await writer.create({ scope: SERVER, ...sent }), 201)).toMatchObject(expected);
  });

  it.each<[object, ...string[]]>([
    [{}, '/scope', '/title', '/description'],
    [{ ...MINIMAL, scope: null }, '/scope'],
    [{ ...MINIMAL, scope: [] }, '/scope'],
    [{ ...MINIMAL, scope: {} }, '/scope/type'],
    [{ ...MINIMAL, scope: { type: 'SERVER', id: 'x' } }, '/scope/type'],
    [{ ...MINIMAL, scope: { type: 'planet', id: 'x' } }, '/scope/type'],
    [{ ...MINIMAL, scope: { type: 'global', id: 'x' } }, '/scope/id'],
    [{ ...MINIMAL, scope: { type: 'global', id: '' } }, '/scope/id'],
    [{ ...MINIMAL, scope: { type: 'server' } }, '/scope/id'],
    [{ ...MINIMAL, scope: { type: 'server', id: null } }, '/scope/id'],
    [{ ...MINIMAL, scope: { type: 'server', id: '' } }, '/scope/id'],
    [{ ...MINIMAL, scope: { type: 'server', id: 1 } }, '/scope/id'],
    [{ ...MINIMAL, scope: { type: 'server', id: 'x'.repeat(129) } }, '/scope/id'],
    [{ ...MINIMAL, scope: { type: 'server', id: 'a\nb' } }, '/scope/id'],
    [{ ...MINIMAL, type: 'BUGS' }, '/type'],
    [{ ...MINIMAL, authorId: '' }, '/authorId'],
    [{ ...MINIMAL, authorId: 'x'.repeat(129) }, '/authorId'],
    [{ ...MINIMAL, title: '  ' }, '/title'],
    [{ ...MINIMAL, title: EMOJI.repeat(201) }, '/title'],
    [{ ...MINIMAL, title: 1 }, '/title'],
    [{ ...MINIMAL, description: '' }, '/description'],
    [{ ...MINIMAL, description: 'x'.repeat(10_001) }, '/description'],
    [{ ...MINIMAL, category: 'x'.repeat(65) }, '/category'],
    [{ ...MINIMAL, targetContext: 'x'.repeat(256) }, '/targetContext'],
    [{ ...MINIMAL, severity: 'low' }, '/severity'],
    [{ ...MINIMAL, labels: 'ui' }, '/labels'],
    [{ ...MINIMAL, labels: [' '] }, '/labels'],
    [{ ...MINIMAL, labels: [1] }, '/labels'],
    [{ ...MINIMAL, labels: ['x'.repeat(51)] }, '/labels'],
    [{ ...MINIMAL, labels: labels(21, 2) }, '/labels'],
    [{ ...MINIMAL, targetUserId: 'x'.repeat(129) }, '/targetUserId'],
    [{ ...MINIMAL, status: 'OPEN' }, '/status'],
    [{ ...MINIMAL, status: null }, '/status'],
  ])('400 points at what is wrong with %j', async (body, ...pointers) => {
    const before = await rows();
    await expectInvalid(await post(body), ...pointers);
    expect(await rows()).toBe(before);
  });

  it.each<[string, string, number, Record<string, string>]>([
    ['JSON that is broken', '{', 400, {}],
    ['a list', '[]', 400, {}],
    ['nothing', '', 400, {}],
    ['another media type', JSON.stringify(MINIMAL), 415, { 'Content-Type': 'text/plain' }],
    ['a body that is too large', JSON.stringify({ ...MINIMAL, more: 'x'.repeat(270_000) }), 413, {}],
    ['a key that is none', JSON.stringify(MINIMAL), 400, { 'Idempotency-Key': 'a key' }],
  ])('refuses %s as a problem that names its address', async (_, body, status, headers) => {
    const problem = await expectProblem(await post(body, headers), status);
    expect(problem).toMatchObject({ instance: FEEDBACK });
  });

  it('finds its words by search, with the channel in the account\u2019s own inbox', async () => {
    const id = await writer.created({ scope: SERVER, title: 'Findable', description: 'by words' });
    const found = await app.query(
      `select feedback.dialect, search_text as text, project.account_id as account from feedback
       join project on project.id = feedback.project_id
       join scoped_inbox inbox on inbox.project_id = feedback.project_id and inbox.channel_id = feedback.channel_id
       where feedback.id = $1`,
      [id],
    );
    expect(found).toEqual([{ dialect: 'scoped-feedback', text: 'Findable\nby words', account: account.id }]);
  });

  describe('in the name of somebody else', () => {
    it('403 without feedback:edit, and nothing is written', async () => {
      const before = await rows();
      const problem = await expectProblem(await writer.create({ scope: SERVER, authorId: editor.id }), 403);
      expect(problem.detail).toContain('feedback:edit');
      expect(await rows()).toBe(before);
    });

    it('is for those who may edit there; a stranger has no name', async () => {
      const known = await editor.create({ scope: SERVER, authorId: writer.id });
      expect(await entryOf(known, 201)).toMatchObject({ reporterId: writer.id, reporterName: 'Ada' });
      const stranger = await editor.create({ scope: SERVER, authorId: 'a-player' });
      expect(await entryOf(stranger, 201)).toMatchObject({ reporterId: 'a-player', reporterName: null });
    });
  });

  describe('by a server', () => {
    it('needs an author, who need not be a user', async () => {
      const { server, scopeId } = await serverOf(app, account);
      const scope = { type: 'server', id: scopeId };
      await expectInvalid(await server.create({ scope }), '/authorId');
      const made = await entryOf(await server.create({ scope, authorId: writer.id }), 201);
      expect(made).toMatchObject({ scope, reporterId: writer.id, reporterName: 'Ada' });
      const [event] = await app.query(
        `select actor_kind as kind, data from event where type = 'feedback.created' and subject_id = $1`,
        [made.id],
      );
      expect(event).toEqual({ kind: 'server', data: {} });
    });
  });

  describe('with an Idempotency-Key', () => {
    const send = (key: string, body: object = {}, by = writer) =>
      by.create({ scope: SERVER, ...body }, { 'Idempotency-Key': key });

    it('writes once, and answers the entry again as it is now', async () => {
      const first = await entryOf(await send('once'), 201);
      await editor.patch(first.id, { status: 'ACKNOWLEDGED' });
      const before = await rows();
      const again = await send('once');
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(again.headers.get('location')).toBe(`${FEEDBACK}/${first.id}`);
      expect(await entryOf(again, 201)).toMatchObject({ id: first.id, status: 'ACKNOWLEDGED' });
      expect(await rows()).toBe(before);
    });

    it('422 for another body; a key of somebody else is another key', async () => {
      const first = await entryOf(await send('mine'), 201);
      await expectProblem(await send('mine', { title: 'Other' }), 422);
      const { server, scopeId } = await serverOf(app, account);
      const byServer = await server.create(
        { scope: { type: 'server', id: scopeId }, authorId: 'x' },
        { 'Idempotency-Key': 'mine' },
      );
      expect((await entryOf(byServer, 201)).id).not.toBe(first.id);
    });

    it('answers one of many at the same moment, and never writes twice', async () => {
      const before = await rows();
      const all = await Promise.all(Array.from({ length: 8 }, () => send('crowd')));
      const made = all.filter(({ status }) => status === 201);
      expect(made.length).toBeGreaterThan(0);
      expect(all.every(({ status }) => status === 201 || status === 409)).toBe(true);
      const ids = await Promise.all(made.map(async (response) => ((await response.json()) as Entry).id));
      expect(new Set(ids).size).toBe(1);
      expect(await rows()).toBe(before + 1);
    });
  });

  describe('in an account that has no inbox yet', () => {
    it('makes one, and one only, though many come first; a name that is taken is no matter', async () => {
      const fresh = await app.seed.account();
      const owner = await userWith(app, fresh, ['feedback:*'], { type: 'global', id: null });
      const inboxes = () =>
        app.query('select name from project where account_id = $1 order by id', [fresh.id]);
      const scope = { type: 'global', id: null } as const;
      expect(await entryOf(await owner.list(scope))).toEqual({ items: [], nextCursor: null });
      await expectProblem(await owner.get('1'), 404);
      await expectProblem(await owner.patch('1', { status: 'OPEN' }), 404);
      expect(await inboxes()).toEqual([]);
      await app.query(
        `insert into project (id, account_id, name, time_zone, created_at, updated_at)
         values (nextval('project_id_seq'), $1, 'Scoped feedback', 'UTC', now(), now())`,
        [fresh.id],
      );
      const replica = await app.replica();
      const elsewhere = await userWith(replica, fresh, ['feedback:*'], scope);
      const all = await Promise.all(
        Array.from({ length: 10 }, (_, n) => (n % 2 ? owner : elsewhere).create({ scope })),
      );
      expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
      expect(await inboxes()).toEqual([{ name: 'Scoped feedback' }, { name: 'Scoped feedback 2' }]);
      const { items } = await entryOf<{ items: Entry[] }>(await owner.list(scope));
      expect(items).toHaveLength(10);
    });

    it('makes none for a caller who is refused or reads', async () => {
      const fresh = await app.seed.account();
      const nobody = await userWith(app, fresh, []);
      await expectProblem(await nobody.create(), 403);
      const owner = await ScopedClient.signIn(app, fresh.owner);
      await expectProblem(await owner.get('1'), 404);
      expect(await app.query('select 1 from project where account_id = $1', [fresh.id])).toEqual([]);
      // And the first one is there at once, though nothing was there a moment ago.
      expect((await owner.get(await owner.created())).status).toBe(200);
    });
  });

  it('409 while the project of the inbox is archived: what is there can be read, not changed', async () => {
    const fresh = await app.seed.account();
    const someone = await userWith(app, fresh, ['feedback:*']);
    const id = await someone.created();
    const owner = await AdminClient.signIn(app, fresh.owner);
    const { items } = await owner.json<{ items: { id: number }[] }>('GET', '/api/admin/projects');
    await owner.json('PATCH', `/api/admin/projects/${items[0]!.id}`, { archived: true });
    await until(async () => (await someone.patch(id, { status: 'OPEN' })).status === 409);
    await expectArchived(() => someone.create());
    await expectArchived(() => someone.patch(id, { status: 'RESOLVED' }));
    expect(await entryOf(await someone.get(id))).toMatchObject({ status: 'OPEN' });
    expect(await entryOf<{ items: Entry[] }>(await someone.list(SERVER))).toMatchObject({ items: [{ id }] });
  });
});

async function expectArchived(call: () => Promise<Response>): Promise<void> {
  const problem = await expectProblem(await call(), 409);
  expect(problem.detail).toContain('archived');
}

function labels(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, n) => String(n).padStart(length, 'x'));
}
