import { V1_EXAMPLES, V2_EXAMPLES } from '#apps/api/src/dialects/user-feedback/search-examples.js';
import { testApp } from '#test/support/test-app.js';
import { badRequest, failure, type Page, UserFeedbackClient } from '#test/support/user-feedback.js';

/** What the searches are asked about, by a name that the tests know it by. */
const SAID = {
  pay: {
    message: 'Payment FAILED, 100% of the time_',
    email: 'ann@example.com',
    rating: 5,
    os: 'ios',
    tags: ['ui', 'speed'],
    visitedAt: '2024-01-01',
    screenshots: ['https://example.com/one.png', 'https://example.com/two.png'],
    createdAt: '2024-02-01T00:00:00Z',
    issueNames: ['billing', 'login'],
  },
  late: {
    message: 'The payment page is slow',
    email: 'bob@example.com',
    rating: 3,
    os: 'web',
    tags: ['speed'],
    visitedAt: '2024-06-30T23:59:59.999Z',
    createdAt: '2024-03-01T00:00:00Z',
    issueNames: ['billing'],
  },
  crash: {
    message: 'ann@example.com',
    rating: -2.5,
    os: 'ios',
    tags: ['crash', 'ui'],
    visitedAt: '2024-07-01T09:00:00+09:00',
    internalNote: 'payment',
    createdAt: '2024-04-01T00:00:00Z',
    issueNames: ['login'],
  },
  none: { createdAt: '2024-05-01T00:00:00Z' },
} as const;

const NO_RANGES = ['2024-01-01', null, {}, [], { gte: 5 }, { gte: 'soon' }, { lt: null }, { gte: '2024' }];

type Name = keyof typeof SAID;

describe('searches', () => {
  const app = testApp();
  let client: UserFeedbackClient;
  const ids = {} as Record<Name, number>;
  const issues: Record<string, number> = {};

  beforeAll(async () => {
    client = await UserFeedbackClient.make(app);
    for (const name of ['billing', 'login', 'unused']) issues[name] = await client.issue(name);
    for (const [name, body] of Object.entries(SAID)) ids[name as Name] = await client.say(body);
    // The same in another channel of another project, which nobody may find.
    const other = await UserFeedbackClient.make(app, { account: client.account });
    for (const body of Object.values(SAID)) await other.say(body);
  });

  const nameOf = (id: number): string => Object.entries(ids).find(([, each]) => each === id)?.[0] ?? `${id}`;

  /** Names in a query stand for ids: `$pay`, `#billing`. */
  function withIds(value: unknown): unknown {
    const text = JSON.stringify(value)
      .replaceAll(/"\$(\w+)"/g, (_, name: Name) => String(ids[name]))
      .replaceAll(/"#(\w+)"/g, (_, name: string) => String(issues[name]));
    return JSON.parse(text) as unknown;
  }

  async function found(path: string, body: unknown): Promise<string[]> {
    const answer = await client.call<Page>('POST', path, withIds(body));
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    expect(answer.body.meta['totalItems']).toBe(answer.body.items.length);
    return answer.body.items.map(({ id }) => nameOf(id));
  }

  async function refusal(path: string, body: unknown, message: unknown): Promise<void> {
    const answer = await client.call('POST', path, body);
    expect([answer.status, answer.body]).toEqual([400, badRequest(message)]);
  }

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
      expect([status, body.items.map(({ id }) => nameOf(id))]).toEqual([200, names]);
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
      found(`${client.feedbacks}/search`, { query, ...more });

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
        query: { ids: [ids.late] },
      });
      expect(body.items).toEqual([await client.get(ids.late)]);
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
      await refusal(`${client.feedbacks}/search`, body, message);
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

  describe('v2', () => {
    const q = (key: string, condition: unknown, value: unknown, more: object = {}) => ({
      key,
      condition,
      value,
      ...more,
    });

    it.each<[unknown[], Name[]]>([
      [[], ['none', 'crash', 'late', 'pay']],
      [[q('message', 'IS', 'the payment PAGE is slow')], []],
      [[q('message', 'IS', 'The payment page is slow')], ['late']],
      [[q('message', 'CONTAINS', 'payment')], ['late', 'pay']],
      [[q('email', 'IS', 'bob@example.com')], ['late']],
      [[q('email', 'CONTAINS', '@EXAMPLE')], ['late', 'pay']],
      [[q('rating', 'IS', 3)], ['late']],
      [[q('rating', 'BETWEEN', { gte: -2.5, lt: 5 })], ['crash', 'late']],
      [[q('rating', 'BETWEEN', { gte: 3 })], ['late', 'pay']],
      [[q('rating', 'BETWEEN', { lt: 3 })], ['crash']],
      [[q('id', 'IS', '$pay')], ['pay']],
      [[q('id', 'BETWEEN', { gte: '$pay', lt: '$crash' })], ['late', 'pay']],
      [[q('os', 'IS', 'ios')], ['crash', 'pay']],
      [[q('os', 'IS', 'no option')], []],
      [[q('tags', 'IS', ['speed', 'ui'])], ['pay']],
      [[q('tags', 'IS', ['speed'])], ['late']],
      [[q('tags', 'CONTAINS', ['speed'])], ['late', 'pay']],
      [[q('issueIds', 'IS', ['#billing'])], ['late']],
      [[q('issueIds', 'IS', ['#login', '#billing'])], ['pay']],
      [[q('issueIds', 'IS', [])], ['none']],
      [[q('issueIds', 'CONTAINS', ['#billing'])], ['late', 'pay']],
      [[q('issueIds', 'IS', ['#billing'], { ids: ['$none'] })], ['none', 'late']],
      [[q('ids', 'IS', ['$none', '$pay'])], ['none', 'pay']],
      [[q('ids', 'CONTAINS', ['$none'])], ['none']],
      [[q('ids', 'IS', ['7777777'])], []],
      [[q('createdAt', 'BETWEEN', { gte: '2024-03-01', lt: '2024-05-01' })], ['crash', 'late']],
      [[q('updatedAt', 'BETWEEN', { lt: '2024-03-01' })], []],
      [[q('visitedAt', 'BETWEEN', { lt: '2024-06-30T23:59:59.999Z' })], ['pay']],
      [[q('screenshots', 'CONTAINS', 'two.PNG')], ['pay']],
      [[q('screenshots', 'CONTAINS', ['one', 'two'])], ['pay']],
      [[q('os', 'IS', 'ios'), q('os', 'IS', 'web')], []],
      [[q('os', 'IS', 'ios'), q('tags', 'CONTAINS', ['crash'])], ['crash']],
      [[q('message', 'CONTAINS', "' or true --")], []],
    ])('%j finds %j', async (queries, names) => {
      expect(await found(client.searchV2, { queries })).toEqual(names);
    });

    it.each<[unknown, Name[]]>([
      [{ operator: 'OR', queries: [q('os', 'IS', 'web'), q('rating', 'IS', 5)] }, ['late', 'pay']],
      [{ operator: 'AND', queries: [q('os', 'IS', 'ios'), q('rating', 'IS', 5)] }, ['pay']],
      [{ operator: 'OR', queries: [] }, ['none', 'crash', 'late', 'pay']],
      [
        {
          operator: 'OR',
          queries: [q('os', 'IS', 'web'), q('rating', 'IS', 5)],
          defaultQueries: [q('tags', 'CONTAINS', ['ui'])],
        },
        ['pay'],
      ],
      [{ defaultQueries: [q('os', 'IS', 'web')] }, ['late']],
      [{ defaultQueries: [q('createdAt', 'BETWEEN', { gte: '2024-04-01' })] }, ['none', 'crash']],
      [
        { operator: null, queries: null, defaultQueries: null, sort: { rating: 'ASC' } },
        ['crash', 'late', 'pay', 'none'],
      ],
    ])('%j finds %j', async (body, names) => {
      expect(await found(client.searchV2, body)).toEqual(names);
    });

    const CONDITION = /^condition must be one of the following values: [A-Z, ]+ \(key: \w+\)$/;
    const query = (...queries: unknown[]) => ({ queries });

    it.each<[unknown, unknown]>([
      [{ operator: 'or' }, 'Invalid operator'],
      [{ operator: 1 }, 'Invalid operator'],
      [{ operator: 'constructor' }, 'Invalid operator'],
      [{ queries: {} }, 'queries must be an array'],
      [{ defaultQueries: 'x' }, 'defaultQueries must be an array'],
      [{ queries: Array(101).fill(q('os', 'IS', 'x')) }, 'queries must contain no more than 100 elements'],
      [{ queries: ['x'] }, ['Validation failed (object is expected)']],
      [query({ value: 1, condition: 'IS' }), 'key must be string'],
      [query(q('bogus', 'IS', 1)), 'invalid key in query: bogus'],
      [query(q('searchText', 'CONTAINS', 'x')), 'invalid key in query: searchText'],
      [query(q('issueName', 'IS', 'x')), 'invalid key in query: issueName'],
      [query(q('__proto__', 'IS', 'x')), 'invalid key in query: __proto__'],
      [{ defaultQueries: [q('bogus', 'IS', 1)] }, 'invalid key in query: bogus'],
      ...[undefined, null, 'LIKE', 'is', 1].map((condition): [unknown, unknown] => [
        query(q('os', condition, 'ios')),
        expect.stringMatching(CONDITION),
      ]),
      ...(
        [
          ['message', 'BETWEEN'],
          ['email', 'BETWEEN'],
          ['rating', 'CONTAINS'],
          ['id', 'CONTAINS'],
          ['os', 'CONTAINS'],
          ['os', 'BETWEEN'],
          ['tags', 'BETWEEN'],
          ['issueIds', 'BETWEEN'],
          ['ids', 'BETWEEN'],
          ['visitedAt', 'IS'],
          ['createdAt', 'IS'],
          ['updatedAt', 'CONTAINS'],
          ['screenshots', 'IS'],
        ] as const
      ).map(([key, condition]): [unknown, unknown] => [
        query(q(key, condition, null)),
        expect.stringMatching(CONDITION),
      ]),
      [query(q('message', 'IS', 1)), 'message must be string'],
      [query(q('rating', 'IS', '1')), 'rating must be number'],
      [query(q('rating', 'BETWEEN', 1)), 'rating must be NumberRange'],
      [query(q('rating', 'BETWEEN', { gte: '1' })), 'rating must be NumberRange'],
      [query(q('id', 'BETWEEN', {})), 'id must be NumberRange'],
      [query(q('tags', 'IS', 'ui')), 'tags must be array of string'],
      [query(q('issueIds', 'IS', 1)), 'issueIds must be array'],
      [query(q('ids', 'IS', 'x')), 'ids must be array'],
      [query(q('issueIds', 'IS', [1], { ids: 'x' })), 'ids must be array'],
      [query(q('createdAt', 'BETWEEN', '2024-01-01')), 'createdAt must be DateTimeRange'],
      [
        query(q('createdAt', 'BETWEEN', { gte: '2020-01-01', lt: '2024-01-01' })),
        'createdAt must be less than 365 days',
      ],
      [{ limit: 1001 }, ['limit must not be greater than 1000']],
      [{ sort: { message: 'ASC' } }, 'unsortable format'],
    ])('refuses %j', async (body, message) => {
      await refusal(client.searchV2, body, message);
    });
  });

  it.each([
    ...Object.entries(V1_EXAMPLES).map(([name, { value }]) => ['v1', name, value] as const),
    ...Object.entries(V2_EXAMPLES).map(([name, { value }]) => ['v2', name, value] as const),
  ])('%s take the example "%s" of the document on the channel of the demo', async (version, _, value) => {
    const path = version === 'v1' ? `${client.feedbacks}/search` : client.searchV2;
    expect((await client.call('POST', path, value)).status).toBe(200);
  });

  it('answer 404 for a channel that is not there, or is of another project', async () => {
    const other = await UserFeedbackClient.make(app, { account: client.account });
    for (const channelId of [999_999, other.channelId]) {
      for (const [method, path] of [
        ['GET', `${client.project}/channels/${channelId}/feedbacks?issueName=x`],
        ['GET', `${client.project}/channels/${channelId}/feedbacks/${ids.pay}`],
        ['POST', `${client.project}/channels/${channelId}/feedbacks/search`],
        ['POST', client.searchV2.replace(`${client.channelId}/feedbacks`, `${channelId}/feedbacks`)],
      ] as const) {
        const { body } = await client.call(method, path);
        expect(body).toEqual(failure(404, 'channel is not found', { code: 'ChannelNotFound' }));
      }
    }
  });

  it('read the channel of another dialect by the same conditions', async () => {
    const insider = await app.seed.client({ account: client.account, projectId: client.projectId });
    await app.query(
      `insert into feedback (project_id, id, channel_id, dialect, fields, search_text, author_email,
         author_email_normalized, contact_consent, sentiment, submitted_at, created_at, updated_at)
       values ($1, 900001, $2, 'insider-connect', '{"description": "Great work"}', 'Great work', 'Ann@example.com',
         'ann@example.com', true, 1, now(), now(), now())`,
      [client.projectId, insider.channelId],
    );
    const path = client.searchV2.replace(`${client.channelId}/feedbacks`, `${insider.channelId}/feedbacks`);
    const queries = [
      { key: 'description', condition: 'CONTAINS', value: 'great' },
      { key: 'submittedByEmail', condition: 'IS', value: 'Ann@example.com' },
      { key: 'contactConsent', condition: 'IS', value: true },
      { key: 'sentimentRating', condition: 'BETWEEN', value: { gte: 0 } },
    ];
    const { body } = await client.call<Page>('POST', path, { queries });
    expect(body.items).toMatchObject([
      { id: 900_001, description: 'Great work', contactConsent: true, sentimentRating: 1 },
    ]);
    const change = await client.call('PUT', `${path.replace('/v2', '').replace('/search', '')}/900001`, {
      contactConsent: false,
    });
    expect(change.body).toEqual(badRequest('this field is read-only'));
  });
});
