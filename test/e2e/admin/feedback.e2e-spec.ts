import { AdminClient } from '#test/support/admin.js';
import { attach, tokenOf } from '#test/support/insider-connect.js';
import type { SeededAccount, SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

interface Item {
  id: number;
  projectId: number;
  channelId: number;
  dialect: string;
  values: Record<string, unknown>;
  author: { email: string | null };
  sentiment: number | null;
  status: string;
  severity: string | null;
  labels: string[];
  assigneeId: string | null;
  updatedAt: string;
  acknowledgedAt: string | null;
  resolvedAt: string | null;
  attachments: { id: number; name: string; url: string }[];
}

interface Page<T = Item> {
  items: T[];
  nextCursor: string | null;
}

const PATH = '/api/admin/feedback';

describe('the inbox of an account', () => {
  const app = testApp();
  let account: SeededAccount;
  let admin: AdminClient;
  let one: SeededClient;
  let other: SeededClient;
  let token: string;
  /** Oldest first. */
  const ids: number[] = [];

  beforeAll(async () => {
    account = await app.seed.account();
    admin = await AdminClient.signIn(app, account.owner);
    one = await app.seed.client({ account });
    other = await app.seed.client({ account });
    token = await tokenOf(app, one);
    const second = await tokenOf(app, other);
    for (const [bearer, description, sentimentRating, submittedByEmail] of [
      [token, 'The export takes ages.', false, 'ada@example.com'],
      [token, 'The EXPORT is wrong, 100% of it.', false, 'grace@example.com'],
      [second, 'I like the new colours.', true, 'ada@example.com'],
      [second, 'No opinion.', undefined, 'linus@example.com'],
    ] as const) {
      const created = await app.fetch('/api/client/feedbacks', {
        method: 'POST',
        headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ description, sentimentRating, submittedByEmail, contactConsent: true }),
      });
      ids.push(((await created.json()) as { data: number }).data);
    }
  });

  const list = (query = '') => admin.json<Page>('GET', `${PATH}${query}`);
  const found = async (query: string) => (await list(query)).items.map(({ id }) => ids.indexOf(id));

  it('has the feedback of every project and channel, newest first', async () => {
    const { items, nextCursor } = await list();
    expect(items.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(nextCursor).toBeNull();
    expect(items.at(-1)).toMatchObject({
      projectId: one.projectId,
      channelId: one.channelId,
      dialect: 'insider-connect',
      values: { description: 'The export takes ages.', sentimentRating: -1 },
      author: { email: 'ada@example.com', contactConsent: true },
      sentiment: -1,
      status: 'OPEN',
      labels: [],
      issues: [],
      attachments: [],
    });
    expect(await admin.json('GET', `${PATH}/${ids[0]}`)).toEqual(items.at(-1));
  });

  it('is read by pages that neither repeat nor skip', async () => {
    const first = await list('?limit=3');
    const next = await list(`?limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...next.items].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(next.nextCursor).toBeNull();
  });

  it.each([
    ['?text=export', [1, 0]],
    ['?text=EXPORT%20is', [1]],
    ['?text=100%25', [1]],
    ['?text=1_0', []],
    ['?text=no', [3]],
    ['?sentiment=negative', [1, 0]],
    ['?sentiment=positive,none', [3, 2]],
    ['?authorEmail=ADA@example.com', [2, 0]],
    ['?dialect=insider-connect&text=colours', [2]],
    ['?dialect=user-feedback', []],
    ['?status=OPEN&sentiment=none', [3]],
    ['?from=2100-01-01', []],
    ['?before=2000-01-01T00:00:00Z', []],
    ['?from=2000-01-01T10:30&before=9999-12-31', [3, 2, 1, 0]],
    ['?label=nobody', []],
  ])('answers %s with %j', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('is narrowed to a project and a channel', async () => {
    expect(await found(`?projectId=${one.projectId}`)).toEqual([1, 0]);
    expect(await found(`?projectId=${other.projectId}&channelId=${other.channelId}`)).toEqual([3, 2]);
    expect(
      (await admin.call('GET', `${PATH}?projectId=${one.projectId}&channelId=${other.channelId}`)).status,
    ).toBe(404);
  });

  it.each([
    ['channelId=1', 'channelId'],
    ['issueId=1', 'issueId'],
    ['status=DONE', 'status'],
    ['sentiment=angry', 'sentiment'],
    ['limit=0', 'limit'],
    ['cursor=x', 'cursor'],
    // A moment before the year 1, which PostgreSQL spells differently from JavaScript.
    [`cursor=${Buffer.from('[-200000000000000,1]').toString('base64url')}`, 'cursor'],
    ['from=yesterday', 'from'],
    ['from=2026-W05', 'from'],
    ['before=20260101', 'before'],
    ['before=2026-01-01T10', 'before'],
    ['before=0000-01-01', 'before'],
    ['text=', 'text'],
  ])('refuses ?%s, naming %s', async (query, field) => {
    const response = await admin.call('GET', `${PATH}?${query}`);
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(field);
  });

  it('changes how a feedback is handled, whichever public API it came by, and keeps who did what', async () => {
    const [id] = ids as [number];
    const path = `${PATH}/${id}`;
    const read = await admin.call('GET', path);
    const version = read.headers.get('etag')!;
    const change = {
      status: 'IN_PROGRESS',
      severity: 'HIGH',
      labels: ['export', ' slow '],
      category: 'reports',
      assigneeId: account.owner.id,
    };
    const changed = await admin.json<Item>('PATCH', path, change);
    expect(changed).toMatchObject({ ...change, labels: ['export', 'slow'], resolvedAt: null });
    expect(changed.acknowledgedAt).toBe(changed.updatedAt);
    const stale = await app.fetch(path, {
      method: 'PATCH',
      headers: {
        Authorization: `Bearer ${admin.token}`,
        'Content-Type': 'application/json',
        'If-Match': version,
      },
      body: '{"status":"RESOLVED"}',
    });
    expect(stale.status).toBe(412);
    expect(await found('?status=IN_PROGRESS&severity=HIGH,LOW&label=slow,export&category=reports')).toEqual([
      0,
    ]);
    expect(await found(`?assigneeId=${account.owner.id}`)).toEqual([0]);
    expect(await found('?status=OPEN')).toEqual([3, 2, 1]);
    const { items } = await admin.json<Page<{ member: string; to: string | null; actorId: string }>>(
      'GET',
      `${path}/history`,
    );
    expect(items.map(({ member, to }) => [member, to]).sort()).toEqual([
      ['assigneeId', account.owner.id],
      ['category', null],
      ['labels', null],
      ['severity', 'HIGH'],
      ['status', 'IN_PROGRESS'],
    ]);
    expect(items[0]!.actorId).toBe(account.owner.id);
  });

  it('keeps a label once, whatever its case, finds one with a comma, and takes an empty category for none', async () => {
    const path = `${PATH}/${ids[1]}`;
    const labels = ['one, two', 'b', 'B', 'b'];
    const changed = await admin.json<Item>('PATCH', path, { labels, category: '' });
    expect(changed).toMatchObject({ labels: ['one, two', 'b'], category: null });
    const label = (text: string) => found(`?label=${encodeURIComponent(text)}`);
    expect(await label('one\\, two')).toEqual([1]);
    expect(await label('b,one\\, two')).toEqual([1]);
    expect([await label('one, two'), await label('one')]).toEqual([[], []]);
    await admin.json('PATCH', path, { labels: [] });
  });

  it.each([
    [{ status: 'DONE' }, 'status'],
    [{ status: null }, 'status'],
    [{ labels: ['x'.repeat(51)] }, 'labels'],
    [{ assigneeId: 'nobody' }, 'assigneeId'],
    [{ assigneeId: '0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10' }, 'assigneeId'],
    [{ category: 'x'.repeat(65) }, 'category'],
  ])('refuses the change %j, naming %s', async (change, field) => {
    const response = await admin.call('PATCH', `${PATH}/${ids[1]}`, change);
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain(`/${field}`);
  });

  it('changes many, and tells which ones it does not have', async () => {
    const stranger = await app.seed.client();
    const outcome = await admin.json('POST', `${PATH}/bulk`, {
      ids: [ids[2], 999_999_999, ids[3]],
      change: { status: 'RESOLVED', labels: ['done'] },
    });
    expect(outcome).toEqual({ changed: expect.arrayContaining([ids[2], ids[3]]), missing: [999_999_999] });
    expect(await found('?status=RESOLVED&label=done')).toEqual([3, 2]);
    const foreign = await AdminClient.signIn(app, stranger.account.owner);
    expect(await foreign.json('POST', `${PATH}/bulk`, { ids: [ids[2]], change: { status: 'OPEN' } })).toEqual(
      {
        changed: [],
        missing: [ids[2]],
      },
    );
    const nobody = await admin.call('POST', `${PATH}/bulk`, {
      ids: [ids[2]],
      change: { assigneeId: '0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10' },
    });
    expect(await nobody.json()).toMatchObject({ status: 400, errors: [{ pointer: '/change/assigneeId' }] });
    for (const body of [
      { ids: [], change: {} },
      { ids: [1, 1], change: {} },
      { ids: [1] },
      { ids: [1], change: { status: 'x' } },
    ])
      expect((await admin.call('POST', `${PATH}/bulk`, body)).status).toBe(400);
  });

  it('counts what each choice would leave', async () => {
    const facets = await admin.json<{
      total: number;
      byStatus: object;
      bySentiment: object;
      byLabel: object;
    }>('GET', `${PATH}/facets`);
    expect(facets).toMatchObject({
      total: 4,
      byDialect: { 'insider-connect': 4 },
      byStatus: { OPEN: 1, IN_PROGRESS: 1, RESOLVED: 2 },
      bySentiment: { negative: 2, neutral: 0, positive: 1, none: 1 },
      byLabel: [
        { label: 'done', count: 2 },
        { label: 'export', count: 1 },
        { label: 'slow', count: 1 },
      ],
      byDay: [{ count: 4 }],
    });
    expect(await admin.json('GET', `${PATH}/facets?projectId=${other.projectId}&label=done`)).toMatchObject({
      total: 2,
      byStatus: { RESOLVED: 2 },
    });
    expect((await admin.call('GET', `${PATH}/facets?channelId=1`)).status).toBe(400);
  });

  it('hands files out as downloads that run nothing', async () => {
    const pdf = { name: 'a.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7\n%%EOF\n') };
    await attach(app, token, ids[1]!, [pdf]);
    const { attachments } = await admin.json<Item>('GET', `${PATH}/${ids[1]}`);
    const file = await admin.call('GET', attachments[0]!.url);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(pdf.content);
    expect((await admin.call('GET', `${PATH}/${ids[0]}/attachments/${attachments[0]!.id}`)).status).toBe(404);
  });

  it('is closed to other accounts and to members without the permission', async () => {
    const stranger = await app.seed.account();
    const foreign = await AdminClient.signIn(app, stranger.owner);
    expect(await foreign.json('GET', PATH)).toEqual({ items: [], nextCursor: null });
    for (const path of [
      `${PATH}/${ids[0]}`,
      `${PATH}/${ids[0]}/history`,
      `${PATH}?projectId=${one.projectId}`,
    ])
      expect((await foreign.call('GET', path)).status).toBe(404);
    expect((await foreign.call('PATCH', `${PATH}/${ids[0]}`, { status: 'OPEN' })).status).toBe(404);
    const member = await AdminClient.signIn(app, await app.seed.user(account));
    expect((await member.call('GET', PATH)).status).toBe(403);
  });
});
