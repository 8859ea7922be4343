import { type Name, SearchedFeedback } from '#test/support/searched-feedback.js';
import { testApp } from '#test/support/test-app.js';
import { badRequest, type Page, UserFeedbackClient } from '#test/support/user-feedback.js';

const NO_RANGES = ['2024-01-01', null, {}, [], { gte: 5 }, { gte: 'soon' }, { lt: null }, { gte: '2024' }];

describe('searches by keyword, and the first of the two others', () => {
  const app = testApp();
  let searched: SearchedFeedback;
  let client: UserFeedbackClient;

  beforeAll(async () => {
    searched = await SearchedFeedback.make(app);
    client = searched.client;
  });

  describe('by keyword', () => {
    const find = (query: Record<string, string> | [string, string][]) =>
      client.call<Page>('GET', `${client.feedbacks}?${new URLSearchParams(query)}`);

    it.each<[Record<string, string>, Name[]]>([
      [{ fieldKey: 'message', searchText: 'PAYMENT' }, ['late', 'pay']],
      [{ fieldKey: 'email', searchText: 'ann@example.com' }, ['pay']],
      [{ fieldKey: 'email', searchText: 'ann' }, []],
      [{ fieldKey: 'tags', searchText: 'speed' }, ['late', 'pay']],
      [{ fieldKey: 'os', searchText: 'web' }, ['late']],
      [{ fieldKey: 'rating', searchText: '5' }, ['pay']],
      [{ fieldKey: 'screenshots', searchText: 'ONE.png' }, ['pay']],
      [{ fieldKey: 'message', searchText: '0% of' }, ['pay']],
      [{ fieldKey: 'message', searchText: '%' }, ['pay']],
      [{ fieldKey: 'message', searchText: 'time_' }, ['pay']],
      [{ fieldKey: 'message', searchText: '\\' }, []],
      [{ issueName: 'billing' }, ['late', 'pay']],
      [{ issueName: 'Billing' }, []],
      [{ issueName: 'unused' }, []],
      [{ issueName: 'nowhere' }, []],
      [{ issueName: 'login', searchText: 'ann@example.com' }, ['crash', 'pay']],
      [{ issueName: 'login', searchText: 'ann', fieldKey: 'message' }, ['crash']],
    ])('%j finds %j', async (query, names) => {
      const { status, body } = await find(query);
      expect([status, body.items.map(({ id }) => searched.nameOf(id))]).toEqual([200, names]);
    });

    it('answers pages, and an empty one behind the last', async () => {
      const page = async (limit: number, number: number) =>
        (await find({ issueName: 'billing', limit: `${limit}`, page: `${number}` })).body;
      expect((await page(1, 2)).meta).toEqual({
        itemCount: 1,
        totalItems: 2,
        itemsPerPage: 1,
        totalPages: 2,
        currentPage: 2,
      });
      expect(await page(1, 3)).toEqual({
        meta: { itemCount: 0, totalItems: 2, itemsPerPage: 1, totalPages: 2, currentPage: 3 },
        items: [],
      });
      expect((await page(1000, 1_000_000_000)).items).toEqual([]);
      expect((await find({ issueName: 'unused' })).body.meta).toEqual({
        itemCount: 0,
        totalItems: 0,
        itemsPerPage: 10,
        totalPages: 0,
        currentPage: 1,
      });
    });

    const MISSING = 'Please provide either issueName or both fieldKey and searchText.';

    it.each<[[string, string][], unknown]>([
      [[], MISSING],
      [[['searchText', 'x']], MISSING],
      [[['fieldKey', 'message']], MISSING],
      [
        [
          ['fieldKey', 'message'],
          ['searchText', ''],
        ],
        MISSING,
      ],
      [[['issueName', '']], MISSING],
      [
        [
          ['fieldKey', 'bogus'],
          ['searchText', 'x'],
        ],
        'invalid field key: bogus',
      ],
      [
        [
          ['searchText', 'x'],
          ['searchText', 'y'],
          ['fieldKey', 'message'],
        ],
        ['searchText must be a string'],
      ],
      ...['0', '-1', '1.5', 'x', '', '1001'].map((limit): [[string, string][], unknown] => [
        [
          ['issueName', 'x'],
          ['limit', limit],
        ],
        [expect.stringMatching(/^limit must /)],
      ]),
      ...['0', '-1', 'x', '99999999999999999999'].map((page): [[string, string][], unknown] => [
        [
          ['issueName', 'x'],
          ['page', page],
        ],
        [expect.stringMatching(/^page must /)],
      ]),
    ])('%j is refused', async (query, message) => {
      const { status, body } = await find(query);
      expect([status, body]).toEqual([400, badRequest(message)]);
    });
  });

  describe('v1', () => {
    const search = (query: unknown, more: object = {}) =>
      searched.found(`${client.feedbacks}/search`, { query, ...more });

    it.each<[unknown, Name[]]>([
      [undefined, ['none', 'crash', 'late', 'pay']],
      [{}, ['none', 'crash', 'late', 'pay']],
      [{ searchText: '' }, ['none', 'crash', 'late', 'pay']],
      [{ searchText: 'payment' }, ['crash', 'late', 'pay']],
      [{ searchText: 'pa' }, ['crash', 'late', 'pay']],
      [{ searchText: 'ann@example.com' }, ['crash', 'pay']],
      [{ searchText: 'ios' }, ['crash', 'pay']],
      [{ searchText: 5 }, ['pay']],
      [{ searchText: '2024-01-01' }, ['pay']],
      [{ searchText: 'payment', fieldKey: 'internalNote' }, ['crash']],
      [{ issueName: 'login' }, ['crash', 'pay']],
      [{ ids: ['$pay', '$none', 999_999, 1e300] }, ['none', 'pay']],
      [{ ids: [] }, []],
      [{ id: '$pay' }, ['pay']],
      [{ issueIds: ['#billing', '#login'] }, ['crash', 'late', 'pay']],
      [{ issueIds: ['#unused'] }, []],
      [{ issues: ['billing', 'login'] }, ['pay']],
      [{ createdAt: { gte: '2024-02-01', lt: '2024-04-01' } }, ['late', 'pay']],
      [{ createdAt: { gte: '2024-04-01T00:00:00+00:00' } }, ['none', 'crash']],
      [{ createdAt: { lt: '2024-02-01T00:00:00.001Z' } }, ['pay']],
      [{ updatedAt: { lt: '2024-01-01' } }, []],
      [{ visitedAt: { gte: '2024-01-01', lt: '2024-07-01' } }, ['late', 'pay']],
      [{ visitedAt: { gte: '2024-07-01' } }, ['crash']],
      [{ message: 'PAGE' }, ['late']],
      [{ email: 'ann@example.com' }, ['pay']],
      [{ email: 'ANN@example.com' }, []],
      [{ rating: -2.5 }, ['crash']],
      [{ os: 'ios' }, ['crash', 'pay']],
      [{ os: 'other' }, []],
      [{ tags: ['ui', 'speed'] }, ['pay']],
      [{ tags: ['ui'] }, ['crash', 'pay']],
      [{ screenshots: ['one', '.com/'] }, ['pay']],
      [{ os: 'ios', tags: ['ui'], issueName: 'billing', searchText: 'failed' }, ['pay']],
      [{ message: "'; drop table feedback; --" }, []],
      [{ email: `' or '1'='1` }, []],
      [{ tags: ["ui']') or true --"] }, []],
    ])('%j finds %j', async (query, names) => {
      expect(await search(query)).toEqual(names);
    });

    it.each<[unknown, Name[]]>([
      [{ createdAt: 'ASC' }, ['pay', 'late', 'crash', 'none']],
      [{ id: 'ASC' }, ['pay', 'late', 'crash', 'none']],
      [{ updatedAt: 'DESC' }, ['none', 'crash', 'late', 'pay']],
      [{ rating: 'ASC' }, ['crash', 'late', 'pay', 'none']],
      [{ rating: 'DESC' }, ['pay', 'late', 'crash', 'none']],
      [{ visitedAt: 'DESC' }, ['crash', 'late', 'pay', 'none']],
      [{ email: 'DESC' }, ['late', 'pay', 'none', 'crash']],
      [{ os: 'ASC', createdAt: 'ASC' }, ['pay', 'crash', 'late', 'none']],
    ])('sorts by %j', async (sort, names) => {
      expect(await search({}, { sort })).toEqual(names);
    });

    it('sees a field that was switched off, and answers whole feedback', async () => {
      const { body } = await client.call<Page>('POST', `${client.feedbacks}/search`, {
        query: { ids: [searched.ids.late] },
      });
      expect(body.items).toEqual([await client.get(searched.ids.late)]);
    });

    it.each<[unknown, unknown]>([
      [{ query: { bogus: 1 } }, 'invalid key in query: bogus'],
      [{ query: { feedbackSearchMaxDays: -1 } }, 'invalid key in query: feedbackSearchMaxDays'],
      [{ query: { 'a"->>b': 1 } }, 'invalid key in query: a"->>b'],
      [{ query: { fieldKey: 'bogus' } }, 'invalid field key: bogus'],
      [{ query: { searchText: {} } }, 'searchText must be string'],
      [{ query: { issueName: ['x'] } }, 'issueName must be string'],
      [{ query: { ids: 1 } }, 'ids must be array'],
      [{ query: { ids: [{}] } }, 'ids must be array of number'],
      [{ query: { ids: Array(1001).fill(1) } }, 'ids must contain no more than 1000 elements'],
      [{ query: { issueIds: '1' } }, 'issueIds must be array'],
      [{ query: { id: '1' } }, 'id must be number'],
      [{ query: { issues: 'x' } }, 'issues must be array of string'],
      [{ query: { email: 1 } }, 'email must be string'],
      [{ query: { os: null } }, 'os must be string'],
      [{ query: { message: {} } }, 'message must be string'],
      [{ query: { rating: '5' } }, 'rating must be number'],
      [{ query: { tags: 'ui' } }, 'tags must be array of string'],
      [{ query: { tags: [1] } }, 'tags must be array of string'],
      [{ query: { screenshots: 'x' } }, 'screenshots must be array of string'],
      ...['createdAt', 'updatedAt', 'visitedAt'].flatMap((key) =>
        NO_RANGES.map((range): [unknown, unknown] => [
          { query: { [key]: range } },
          `${key} must be DateTimeRange`,
        ]),
      ),
      ...['createdAt', 'updatedAt', 'visitedAt'].map((key): [unknown, unknown] => [
        { query: { [key]: { gte: '2023-01-01', lt: '2024-01-02' } } },
        `${key} must be less than 365 days`,
      ]),
      [{ query: [] }, ['query must be an object']],
      [{ query: 'x' }, ['query must be an object']],
      [{ sort: { createdAt: 'UP' } }, 'invalid sort method'],
      [{ sort: { createdAt: 'asc' } }, 'invalid sort method'],
      [{ sort: { createdAt: 1 } }, 'invalid sort method'],
      [{ sort: { bogus: 'ASC' } }, 'bad key in sort'],
      [{ sort: { '1; drop table feedback': 'ASC' } }, 'bad key in sort'],
      [{ sort: { issues: 'ASC' } }, 'bad key in sort'],
      [{ sort: { message: 'ASC' } }, 'unsortable format'],
      [{ sort: { tags: 'ASC' } }, 'unsortable format'],
      [{ sort: 'createdAt' }, ['sort must be an object']],
      [{ limit: 0 }, ['limit must not be less than 1']],
      [{ limit: 1001 }, ['limit must not be greater than 1000']],
      [{ limit: '10' }, [expect.stringMatching(/^limit must /)]],
      [{ limit: 1.5 }, ['limit must be an integer number']],
      [{ page: 0, limit: -1 }, ['limit must not be less than 1', 'page must not be less than 1']],
      [[], expect.stringContaining('object')],
    ])('refuses %j', async (body, message) => {
      await searched.refused(`${client.feedbacks}/search`, body, message);
    });

    it('takes a year, and any time when the channel has no limit', async () => {
      const year = { createdAt: { gte: '2023-01-01', lt: '2024-01-01' } };
      expect(await search(year)).toEqual([]);
      const free = await UserFeedbackClient.make(app, { searchMaxDays: -1 });
      const long = { query: { createdAt: { gte: '1990-01-01', lt: '2090-01-01' } } };
      expect((await free.call('POST', `${free.feedbacks}/search`, long)).status).toBe(200);
    });

    it('reads limit and page left out, or null, as 10 and 1', async () => {
      for (const body of [{}, { limit: null, page: null }]) {
        const answer = await client.call<Page>('POST', `${client.feedbacks}/search`, body);
        expect(answer.body.meta).toMatchObject({ itemsPerPage: 10, currentPage: 1, totalItems: 4 });
      }
      const none = await client.call<Page>('POST', `${client.feedbacks}/search`);
      expect(none.body.meta).toMatchObject({ totalItems: 4 });
    });
  });
});
