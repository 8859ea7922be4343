import { V1_EXAMPLES, V2_EXAMPLES } from '#apps/api/src/dialects/user-feedback/search-examples.js';
import { type Name, SearchedFeedback } from '#test/support/searched-feedback.js';
import { testApp } from '#test/support/test-app.js';
import { badRequest, failure, type Page, UserFeedbackClient } from '#test/support/user-feedback.js';

describe('the second search, and what holds for all', () => {
  const app = testApp();
  let searched: SearchedFeedback;
  let client: UserFeedbackClient;

  beforeAll(async () => {
    searched = await SearchedFeedback.make(app);
    client = searched.client;
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
      expect(await searched.found(client.searchV2, { queries })).toEqual(names);
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
      expect(await searched.found(client.searchV2, body)).toEqual(names);
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
      await searched.refused(client.searchV2, body, message);
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
        ['GET', `${client.project}/channels/${channelId}/feedbacks/${searched.ids.pay}`],
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
