import fc from 'fast-check';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { valuesOf } from '#libs/channels/field-values.js';
import { compileCondition } from '#libs/feedback/search/compile-condition.js';
import type { Condition, Sort } from '#libs/feedback/search/feedback-query.js';
import { FeedbackSearchService } from '#libs/feedback/search/feedback-search.service.js';
import { Parameters } from '#libs/feedback/search/parameters.js';
import { Database } from '#libs/platform/database/database.js';
import { PlainSearch } from '#test/support/plain-search.js';
import {
  anyCondition,
  anySchema,
  anySort,
  EVERY_INSTANT,
  twisted,
} from '#test/support/search-arbitraries.js';
import { makeWorld } from '#test/support/search-world.js';
import type { SeededAccount } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

describe('a search', () => {
  const app = testApp();
  let account: SeededAccount;
  let projectId: number;

  beforeAll(async () => {
    account = await app.seed.account();
    projectId = (await app.seed.project(account)).id;
  });

  it.each([
    [1, 80],
    [2, 60],
    [3, 60],
  ])('answers what a plain look at every feedback answers (schema %d)', async (seed, rows) => {
    const place = { app, account, projectId };
    const [fields] = fc.sample(anySchema, { numRuns: 1, seed });
    const world = await makeWorld(place, `Random ${seed}`, fields!, rows, seed);
    // Its neighbour has the same keys with values of other formats: no cast may ever meet them.
    await makeWorld(place, `Neighbour ${seed}`, twisted(fields!), 20, seed);
    const { schema, feedbacks } = world;
    const plain = new PlainSearch(schema.fields, EVERY_INSTANT);
    const search = app.server.app.get(FeedbackSearchService);
    const anyPage = fc.record({ limit: fc.constantFrom(1, 7, 1000), page: fc.constantFrom(1, 2, 5) });
    await fc.assert(
      fc.asyncProperty(anyCondition(world), anySort(schema), anyPage, async (where, sort, paging) => {
        const found = await search.page(account.system, schema, { where, sort }, paging);
        const all = plain.sorted(
          feedbacks.filter((feedback) => plain.matches(feedback, where)),
          sort,
        );
        const start = (paging.page - 1) * paging.limit;
        expect(found.total).toBe(all.length);
        expect(found.items.map(({ feedback }) => feedback.id)).toEqual(
          all.slice(start, start + paging.limit).map(({ id }) => id),
        );
        for (const { feedback, issues } of found.items) {
          const one = feedbacks.find(({ id }) => id === feedback.id)!;
          expect(valuesOf(schema, feedback)).toEqual(one.values);
          expect(issues.map(({ id }) => id)).toEqual([...one.issues.keys()].sort((a, b) => a - b));
        }
      }),
      { numRuns: 200, seed },
    );
  });

  it('puts no value and no key of a field into the SQL', () => {
    const hostile = `zzq'"$1--`;
    const field = { key: 'zzq', systemColumn: null };
    const conditions = (text: string): Condition[] => [
      { kind: 'text', text },
      ...(['text', 'keyword', 'images'] as const).map((format): Condition => ({
        kind: 'contains',
        field: { ...field, format },
        value: text,
      })),
      ...(['text', 'keyword', 'select', 'date'] as const).map((format): Condition => ({
        kind: 'equals',
        field: { ...field, format },
        value: text,
      })),
      { kind: 'contains', field: { ...field, format: 'multiSelect' }, value: [text] },
      { kind: 'equals', field: { ...field, format: 'multiSelect' }, value: [text] },
      { kind: 'range', field: { ...field, format: 'number' }, from: 4711, before: 4712 },
      { kind: 'range', field: { ...field, format: 'date' }, from: new Date(4711) },
      { kind: 'issue-name', name: text },
      { kind: 'issues', match: 'exactly', ids: [4711] },
      { kind: 'ids', ids: [4711] },
    ];
    const formats = ['text', 'keyword', 'number', 'multiSelect', 'date'] as const;
    const searchable = formats.map((format) => ({ key: 'zzq', systemColumn: null, format }));
    const compile = (condition: Condition) => compileCondition(condition, searchable, new Parameters());
    for (const condition of conditions(hostile)) expect(compile(condition)).not.toMatch(/zzq|471\d/);
    expect(conditions(hostile).map(compile)).toEqual(conditions('other words').map(compile));
  });

  it.each([
    ['pay', true],
    ['결제오', true],
    ['pa', false],
    ['%%%%', false],
    ['a-b c!', false],
    ['!!!', false],
  ])('for %j reaches the index of text: %s', async (text, indexed) => {
    const parameters = new Parameters();
    const field = { key: 'message', format: 'text', systemColumn: null } as const;
    const sql = compileCondition({ kind: 'text', text }, [field], parameters);
    const plan = await explain(sql, parameters.values);
    expect(plan.includes('feedback_search_idx')).toBe(indexed);
  });

  async function explain(sql: string, values: readonly unknown[]): Promise<string> {
    const { source } = app.server.app.get(Database);
    return source.transaction(async (manager) => {
      await manager.query('set local enable_seqscan = off');
      const rows = (await manager.query(`explain select from feedback f where ${sql}`, [
        ...values,
      ])) as object[];
      return JSON.stringify(rows);
    });
  }

  it('counts and pages exactly on both sides of what is collected at once', async () => {
    const channel = await app.server.app.get(ChannelsService).create(account.system, projectId, {
      name: 'Many',
      dialect: 'user-feedback',
      fields: [
        { key: 'n', name: 'N', format: 'number', editable: true },
        { key: 'message', name: 'Message', format: 'text', editable: true },
      ],
    });
    const schema = await app.server.app.get(ChannelsService).schema(account.system, projectId, channel.id);
    await app.query(
      `insert into feedback (project_id, id, channel_id, dialect, fields, search_text, submitted_at, created_at, updated_at)
       select $1, 1000000 + n, $2, 'user-feedback', jsonb_build_object('n', n % 100, 'message', 'm' || n), 'm' || n, t, t, t
       from generate_series(1, 10200) n, lateral (select timestamptz '2024-01-01' + n * interval '1 second') as x (t)`,
      [projectId, channel.id],
    );
    const number = schema.fields[0]!;
    const page = async (before: number, sort: readonly Sort[], paging: { limit: number; page: number }) => {
      const where: Condition = { kind: 'range', field: number, before };
      const found = await app.server.app
        .get(FeedbackSearchService)
        .page(account.system, schema, { where, sort }, paging);
      return [found.total, found.items.map(({ feedback }) => feedback.id - 1_000_000)];
    };
    const newest = { limit: 2, page: 1 };
    expect(await page(98, [], newest)).toEqual([9_996, [10_200, 10_197]]);
    expect(await page(100, [], newest)).toEqual([10_200, [10_200, 10_199]]);
    const byNumber: readonly Sort[] = [{ by: number, direction: 'desc' }];
    expect(await page(98, byNumber, newest)).toEqual([9_996, [10_197, 10_097]]);
    expect(await page(100, byNumber, { limit: 2, page: 52 })).toEqual([10_200, [10_198, 10_098]]);
    expect(await page(100, [], { limit: 1000, page: 11 })).toEqual([
      10_200,
      Array.from({ length: 200 }, (_, n) => 200 - n),
    ]);
    expect(await page(100, [], { limit: 1000, page: Number.MAX_SAFE_INTEGER })).toEqual([10_200, []]);
    expect(await page(98, [], { limit: 1000, page: Number.MAX_SAFE_INTEGER })).toEqual([9_996, []]);
  });

  it('that takes longer than a statement may is told so, and is not called our failure', async () => {
    const schema = await app.server.app
      .get(ChannelsService)
      .schema(account.system, projectId, await anyChannel());
    const { source } = app.server.app.get(Database);
    const locker = source.createQueryRunner();
    await locker.query('begin');
    try {
      await locker.query('lock table feedback in access exclusive mode');
      const db = app.server.app.get(Database);
      await expect(
        db.transaction(async () => {
          await db.query(`set local statement_timeout = '50ms'`);
          await app.server.app
            .get(FeedbackSearchService)
            .page(
              account.system,
              schema,
              { where: { kind: 'all', of: [] }, sort: [] },
              { limit: 1, page: 1 },
            );
        }),
      ).rejects.toMatchObject({ code: 'unprocessable', subject: 'search' });
    } finally {
      await locker.query('rollback');
      await locker.release();
    }
  });

  async function anyChannel(): Promise<number> {
    const [row] = await app.query<{ id: number }>('select id from channel where project_id = $1 limit 1', [
      projectId,
    ]);
    return row!.id;
  }
});
