import { AdminClient } from '#test/support/admin.js';
import { testApp } from '#test/support/test-app.js';

interface Item {
  id: number;
}

interface Page {
  items: Item[];
  nextCursor: string | null;
}

interface LongRow {
  id: number;
  project_id: number;
  severity: string | null;
  labels: string[] | null;
}

const PATH = '/api/admin/feedback';

describe('the inbox of an account', () => {
  const app = testApp();

  /** More than is looked through for a text: 9,000, of two moments each, and which of them have the needle. */
  let long: Promise<{ reader: AdminClient; projectIds: number[]; rows: LongRow[] }> | undefined;
  const longAccount = () =>
    (long ??= (async () => {
      const owner = await app.seed.account();
      const reader = await AdminClient.signIn(app, owner.owner);
      const clients = [await app.seed.client({ account: owner }), await app.seed.client({ account: owner })];
      await app.query(
        `insert into feedback (project_id, channel_id, id, dialect, fields, search_text, severity, labels,
           submitted_at, created_at, updated_at)
         select ($1::bigint[])[1 + (i % 3) / 2], ($2::bigint[])[1 + (i % 3) / 2], 3009000 - i, 'insider-connect', '{}',
           case when i % 1500 = 0 or i between 3996 and 4004 then 'a Needle' else 'hay' end,
           case when i % 2 = 0 then 'LOW' end, case when i % 4 < 2 then array['b'] end, at, at, at
         from generate_series(0, 8999) i, lateral (select $3::timestamptz - i / 2 * interval '1 second' as at) t`,
        [
          clients.map(({ projectId }) => projectId),
          clients.map(({ channelId }) => channelId),
          app.clock.now(),
        ],
      );
      const projectIds = clients.map(({ projectId }) => projectId);
      const rows = await app.query<LongRow>(
        `select id::int, project_id::int, severity, labels from feedback
         where project_id = any($1) and search_text like '%Needle%' order by created_at desc, id desc`,
        [projectIds],
      );
      return { reader, projectIds, rows };
    })());

  it('pages over feedback of one moment, in several projects, filters by several values, and agrees with its counts', async () => {
    const owner = await app.seed.account();
    const reader = await AdminClient.signIn(app, owner.owner);
    const clients = [await app.seed.client({ account: owner }), await app.seed.client({ account: owner })];
    for (const [n, { projectId, channelId }] of clients.entries())
      await app.query(
        `insert into feedback (project_id, channel_id, id, dialect, fields, search_text, status, severity, sentiment,
           labels, submitted_at, created_at, updated_at)
         select $1, $2, 2000000 + 2 * i + $3, (array['insider-connect', 'user-feedback', 'source-import'])[1 + i % 3],
           '{}', 'text ' || i, (array[null, 'OPEN', 'RESOLVED', 'DECLINED'])[1 + i % 4],
           (array[null, 'LOW', 'HIGH'])[1 + i % 3], (array[null, -1, 0, 1])[1 + i % 4],
           (array['{a,b}', '{b}', null])[1 + i % 3]::varchar[], at, at, at
         from generate_series(0, 23) i, lateral (select $4::timestamptz - i / 12 * interval '1 hour' as at) t`,
        [projectId, channelId, n, app.clock.now()],
      );
    const rows = await app.query<{ id: number; project: number; row: Record<string, unknown> }>(
      `select id::int, project_id::int as project, to_jsonb(f) as row from feedback f where project_id = any($1)
       order by created_at desc, id desc`,
      [clients.map(({ projectId }) => projectId)],
    );
    const all = async (query: string) => {
      const ids: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: Page = await reader.json<Page>(
          'GET',
          `${PATH}?limit=5${query}${cursor && `&cursor=${cursor}`}`,
        );
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      return ids;
    };
    const is =
      (member: string, ...values: unknown[]) =>
      (row: Record<string, unknown>) =>
        values.includes(row[member]);
    const project = clients[0]!.projectId;
    for (const [query, matches] of [
      ['', () => true],
      ['&status=OPEN', is('status', null, 'OPEN')],
      ['&status=OPEN,DECLINED', is('status', null, 'OPEN', 'DECLINED')],
      ['&dialect=user-feedback,source-import', is('dialect', 'user-feedback', 'source-import')],
      ['&severity=LOW,HIGH', is('severity', 'LOW', 'HIGH')],
      ['&sentiment=none,positive', is('sentiment', null, 1)],
      ['&label=a,b', ({ labels }) => (labels as string[] | null)?.includes('a') ?? false],
      ['&text=TEXT 2', ({ search_text: text }) => (text as string).includes('text 2')],
    ] as const satisfies [string, (row: Record<string, unknown>) => boolean][]) {
      const expected = rows.filter(({ row }) => (matches as (row: Record<string, unknown>) => boolean)(row));
      expect([query, await all(query)]).toEqual([query, expected.map(({ id }) => id)]);
      expect(await all(`${query}&projectId=${project}`)).toEqual(
        expected.filter((each) => each.project === project).map(({ id }) => id),
      );
    }
    for (const narrow of ['status=OPEN', 'dialect=source-import', 'sentiment=none', 'label=b', ''])
      for (const scope of ['', `&projectId=${project}`])
        expect((await reader.json<{ total: number }>('GET', `${PATH}/facets?${narrow}${scope}`)).total).toBe(
          (await all(`&${narrow}${scope}`)).length,
        );
    await reader.json('PATCH', `/api/admin/projects/${project}`, { archived: true });
    expect(await all(`&projectId=${project}`)).toHaveLength(24);
    expect(await all('')).toHaveLength(48);
    const archived = rows.find((each) => each.project === project)!.id;
    expect((await reader.json<Item>('GET', `${PATH}/${archived}`)).id).toBe(archived);
    expect((await reader.call('PATCH', `${PATH}/${archived}`, { status: 'RESOLVED' })).status).toBe(409);
    const stats = `/api/admin/statistics/volume?projectId=${project}`;
    expect((await reader.json<{ all: { total: number } }>('GET', stats)).all.total).toBe(24);
  });

  it('pages over what a source east of Greenwich dates on the first day of 1970, which is a day of 1969 in UTC', async () => {
    const { account, projectId, channelId } = await app.seed.source();
    const reader = await AdminClient.signIn(app, account.owner);
    await app.query(
      `insert into feedback (project_id, channel_id, id, dialect, fields, search_text, submitted_at, created_at, updated_at)
       select $1, $2, 3000000 + i, 'source-import', '{}', '', at, at, at
       from generate_series(1, 3) i, lateral (select '1970-01-01 00:00:00+05:30'::timestamptz as at) t`,
      [projectId, channelId],
    );
    for (const narrow of ['', `&projectId=${projectId}`]) {
      const first = await reader.json<Page>('GET', `${PATH}?limit=2${narrow}`);
      const last = await reader.json<Page>('GET', `${PATH}?limit=2${narrow}&cursor=${first.nextCursor}`);
      expect([...first.items, ...last.items].map(({ id }) => id)).toEqual([3000003, 3000002, 3000001]);
    }
  });

  it.each([4, 5, 6, 50])(
    'finds a text however far behind the newest it is, in pages of %i',
    async (limit) => {
      const { reader, projectIds, rows } = await longAccount();
      for (const [query, matches] of [
        ['text=NEEDLE', () => true],
        [`text=needle&projectId=${projectIds[0]}`, ({ project_id: project }) => project === projectIds[0]],
        ['text=needle&severity=LOW', ({ severity }) => severity === 'LOW'],
        ['text=needle&label=b', ({ labels }) => labels !== null],
        [
          'text=needle&label=b&severity=LOW&status=OPEN,RESOLVED',
          ({ labels, severity }) => labels !== null && severity === 'LOW',
        ],
        ['text=needles', () => false],
      ] as const satisfies [string, (row: LongRow) => boolean][]) {
        const found: number[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const page: Page = await reader.json<Page>(
            'GET',
            `${PATH}?limit=${limit}&${query}${cursor && `&cursor=${cursor}`}`,
          );
          found.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        }
        const expected = rows
          .filter((row) => (matches as (row: LongRow) => boolean)(row))
          .map(({ id }) => id);
        expect([query, found]).toEqual([query, expected]);
      }
    },
  );
});
