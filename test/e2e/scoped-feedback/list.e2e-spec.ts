import type { Scope } from '#libs/scopes/scope.js';
import { expectInvalid, expectProblem } from '#test/support/problems.js';
import {
  type Entry,
  entryOf,
  FEEDBACK,
  ScopedClient,
  SERVER,
  userWith,
} from '#test/support/scoped-feedback.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

interface List {
  readonly items: Entry[];
  readonly nextCursor: string | null;
}

const GLOBAL: Scope = { type: 'global', id: null };

describe('GET /v1/feedback', () => {
  const app = testApp();
  let account: SeededAccount;
  let editor: ScopedClient;
  let owner: ScopedClient;
  beforeAll(async () => {
    account = await app.seed.account();
    owner = await ScopedClient.signIn(app, account.owner);
    editor = await userWith(app, account, ['feedback:*'], SERVER, 'Grace');
  });

  const list = async (by: ScopedClient, scope: Scope, parameters?: Record<string, string>) =>
    entryOf<List>(await by.list(scope, parameters));
  const query = (text: string) => owner.call('GET', `${FEEDBACK}${text}`);
  const ids = ({ items }: List) => items.map(({ id }) => id);

  it.each<[string, ...string[]]>([
    ['', '/scope'],
    ['?scope=planet&scopeId=x', '/scope'],
    ['?scope=GLOBAL&scopeId=x', '/scope'],
    ['?scope=global&scopeId=x', '/scopeId'],
    ['?scope=server', '/scopeId'],
    ['?scope=server&scopeId=', '/scopeId'],
    [`?scope=server&scopeId=${'x'.repeat(129)}`, '/scopeId'],
    ['?scope=server&scopeId=a%0Ab', '/scopeId'],
    ['?scope=server&scopeId=%00', '/scopeId'],
    ['?scope=global&status=open', '/status'],
    ['?scope=global&status=', '/status'],
    ['?scope=global&limit=0', '/limit'],
    ['?scope=global&limit=-1', '/limit'],
    ['?scope=global&limit=501', '/limit'],
    ['?scope=global&limit=abc', '/limit'],
    ['?scope=global&limit=1.5', '/limit'],
    ['?scope=global&limit=', '/limit'],
    ['?scope=global&limit=1e2', '/limit'],
    ['?scope=global&cursor=x', '/cursor'],
    [`?scope=global&cursor=${cursor([8.7e15, 1])}`, '/cursor'],
    [`?scope=global&cursor=${cursor(['now', 1])}`, '/cursor'],
    [`?scope=global&cursor=${cursor([1])}`, '/cursor'],
    ['?scope=global&scope=global', '/scope'],
    ['?scope=server&scopeId=a&scopeId=a', '/scopeId'],
    ['?scope=global&status=OPEN&status=OPEN', '/status'],
    ['?scope=global&limit=1&limit=1', '/limit'],
    ['?scope=global&cursor=a&cursor=a', '/cursor'],
  ])('400 points at what is wrong with %j', async (text, ...pointers) => {
    await owner.created({ scope: GLOBAL });
    await expectInvalid(await query(text), ...pointers);
  });

  it('takes an empty scopeId for none, and the limits themselves', async () => {
    for (const text of ['?scope=global&scopeId=', '?scope=global&limit=1', '?scope=global&limit=500']) {
      expect((await query(text)).status).toBe(200);
    }
  });

  it('answers one scope, newest first, and nothing of another one', async () => {
    const scopes: Scope[] = [
      { type: 'server', id: 'same' },
      { type: 'network', id: 'same' },
      { type: 'service', id: 'same' },
      { type: 'extension', id: 'same' },
      { type: 'server', id: 'SAME' },
      { type: 'server', id: 'sam\u00e9 %_' },
    ];
    const made = new Map<Scope, string[]>();
    for (const scope of [...scopes, ...scopes]) {
      made.set(scope, [await owner.created({ scope }), ...(made.get(scope) ?? [])]);
    }
    for (const scope of scopes) {
      const found = await list(owner, scope);
      expect(found).toEqual({ items: expect.anything(), nextCursor: null });
      expect(ids(found)).toEqual(made.get(scope));
      expect(found.items.every((item) => item.scope.type === scope.type && item.scope.id === scope.id)).toBe(
        true,
      );
    }
    const stranger = await ScopedClient.signIn(app, (await app.seed.account()).owner);
    expect(ids(await list(stranger, scopes[0]!))).toEqual([]);
  });

  it('answers items as a single one is answered, with names of reporters and assignees', async () => {
    const scope: Scope = { type: 'service', id: 'names' };
    const member = await userWith(app, account, ['feedback:read'], scope);
    const id = await owner.created({ scope, authorId: editor.id });
    await owner.created({ scope, authorId: 'a-player' });
    await owner.patch(id, { assignedUserId: member.id });
    const { items } = await list(owner, scope);
    expect(items).toEqual([
      expect.objectContaining({ reporterId: 'a-player', reporterName: null, assignedUserName: null }),
      expect.objectContaining({
        reporterId: editor.id,
        reporterName: 'Grace',
        assignedUserId: member.id,
        assignedUserName: null,
      }),
    ]);
    for (const item of items) expect(await entryOf(await owner.get(item.id))).toEqual(item);
  });

  it('answers one status, and all of them', async () => {
    const scope: Scope = { type: 'extension', id: 'statuses' };
    const made = [
      await owner.created({ scope }),
      await owner.created({ scope }),
      await owner.created({ scope }),
    ];
    await owner.patch(made[1]!, { status: 'DECLINED' });
    expect(ids(await list(owner, scope, { status: 'OPEN' }))).toEqual([made[2], made[0]]);
    expect(ids(await list(owner, scope, { status: 'DECLINED' }))).toEqual([made[1]]);
    expect(ids(await list(owner, scope, { status: 'RESOLVED' }))).toEqual([]);
    expect(ids(await list(owner, scope))).toEqual(made.toReversed());
  });

  it('is walked through by Link and by nextCursor, whatever the limit, each item once', async () => {
    const scope: Scope = { type: 'network', id: 'pages & more' };
    const made: string[] = [];
    for (let n = 0; n < 7; n++) made.push(await owner.created({ scope }));
    // Two at the very same moment: the id decides.
    await app.query(
      `update feedback set created_at = (select max(created_at) from feedback) where scope_id = $1`,
      [scope.id],
    );
    const expected = made.toSorted((a, b) => Number(b) - Number(a));
    for (const limit of ['1', '3', '7']) {
      const seen: string[] = [];
      let next: string | null =
        `?${new URLSearchParams({ scope: 'network', scopeId: scope.id!, status: 'OPEN', limit })}`;
      while (next) {
        const response: Response = await query(next);
        const page: List = await entryOf<List>(response);
        seen.push(...ids(page));
        expect(page.items.length).toBeLessThanOrEqual(Number(limit));
        const link = response.headers.get('link');
        expect(link === null).toBe(page.nextCursor === null);
        next = link && /^<\/v1\/feedback(\?[^>]+)>; rel="next"$/.exec(link)![1]!;
        if (next) expect(new URLSearchParams(next).get('cursor')).toBe(page.nextCursor);
      }
      expect(seen).toEqual(expected);
    }
  });

  it('answers 100 items when no limit was asked for, and up to 500', async () => {
    const scope: Scope = { type: 'server', id: 'many' };
    const id = await owner.created({ scope });
    await app.query(
      `insert into feedback select made.* from feedback f, generate_series(1, 599) n,
         jsonb_populate_record(f, jsonb_build_object('id', 900000000 + n)) made where f.id = $1`,
      [id],
    );
    expect(ids(await list(owner, scope))).toHaveLength(100);
    expect(ids(await list(owner, scope, { limit: '500' }))).toHaveLength(500);
    const { items, nextCursor } = await list(owner, scope, { limit: '250' });
    expect([items.length, nextCursor === null]).toEqual([250, false]);
  });

  it('403 for a scope that the caller may not read, whether anything is in it or not', async () => {
    await owner.created({ scope: { type: 'server', id: 'secret' } });
    for (const scope of [
      { type: 'server', id: 'secret' },
      { type: 'server', id: 'nothing' },
      GLOBAL,
    ] as const) {
      const problem = await expectProblem(await editor.list(scope), 403);
      expect(problem).toMatchObject({ instance: FEEDBACK, code: 'forbidden' });
    }
  });

  it('reads both lists by their index, however much is stored', async () => {
    await app.query('analyze feedback');
    const plan = async (where: string) => {
      const rows = await app.query<{ 'QUERY PLAN': string }>(
        `explain select * from feedback where project_id = 1 and scope_type = 'server' and scope_id = 'many'
         ${where} order by created_at desc, id desc limit 251`,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    expect(await plan('')).toContain('feedback_scope_idx');
    expect(await plan(`and status = 'RESOLVED'`)).toContain('feedback_scope_status_idx');
  });
});

function cursor(position: unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}
