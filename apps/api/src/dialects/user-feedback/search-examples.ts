interface Example {
  readonly summary: string;
  readonly value: Readonly<Record<string, unknown>>;
}

type Examples = Record<string, Example>;

const v1 = (summary: string, query: Record<string, unknown>, more = {}): Example => ({
  summary,
  value: { limit: 10, page: 1, query, ...more },
});

/** Each way to ask by the first search, on a channel with the fields of the demo. */
export const V1_EXAMPLES: Examples = {
  published: v1(
    'Text and times',
    {
      searchText: 'payment',
      createdAt: { gte: '2023-01-01', lt: '2023-12-31' },
      updatedAt: { gte: '2023-01-01', lt: '2023-12-31' },
    },
    { sort: { createdAt: 'ASC' } },
  ),
  everything: { summary: 'Everything, newest first', value: {} },
  oneField: v1('A text in one field', { searchText: 'payment', fieldKey: 'message' }),
  issueName: v1('The name of an issue', { issueName: 'issue name 1' }),
  ids: v1('Some feedbacks', { ids: [1, 2] }),
  issueIds: v1('Any of some issues', { issueIds: [1, 2] }),
  text: v1('A text field contains', { message: 'payment' }),
  keyword: v1('A keyword field is', { email: 'user@example.com' }),
  number: v1('A number field is', { rating: 5 }),
  select: v1('A select field is', { os: 'ios' }),
  multiSelect: v1('A multiSelect field has all of', { tags: ['ui', 'speed'] }),
  date: v1('A date field is in a range', { visitedAt: { gte: '2024-01-01', lt: '2024-07-01' } }),
  images: v1('An images field has a link that contains', { screenshots: ['/files/'] }),
  sorted: v1('Sorted by fields', { os: 'ios' }, { sort: { rating: 'DESC', visitedAt: 'ASC' } }),
};

const v2 = (summary: string, ...queries: Record<string, unknown>[]): Example => ({
  summary,
  value: { limit: 10, page: 1, queries },
});

/** Each way to ask by the second search, on a channel with the fields of the demo. */
export const V2_EXAMPLES: Examples = {
  and: {
    summary: 'All of them, within a time, sorted',
    value: {
      limit: 10,
      page: 1,
      queries: [
        { key: 'message', value: 'payment', condition: 'CONTAINS' },
        { key: 'os', value: 'ios', condition: 'IS' },
      ],
      defaultQueries: [
        { key: 'createdAt', value: { gte: '2024-01-01', lt: '2024-07-01' }, condition: 'BETWEEN' },
      ],
      operator: 'AND',
      sort: { createdAt: 'ASC' },
    },
  },
  or: {
    summary: 'Any of them',
    value: {
      queries: [
        { key: 'rating', value: { lt: 3 }, condition: 'BETWEEN' },
        { key: 'tags', value: ['crash'], condition: 'CONTAINS' },
      ],
      operator: 'OR',
    },
  },
  textIs: v2('A text field is', { key: 'message', value: 'feedback message', condition: 'IS' }),
  textContains: v2('A text field contains', { key: 'message', value: 'message', condition: 'CONTAINS' }),
  keywordIs: v2('A keyword field is', { key: 'email', value: 'user@example.com', condition: 'IS' }),
  keywordContains: v2('A keyword field contains', { key: 'email', value: '@example', condition: 'CONTAINS' }),
  numberIs: v2('A number field is', { key: 'rating', value: 5, condition: 'IS' }),
  numberBetween: v2('A number field is in a range', {
    key: 'rating',
    value: { gte: 3, lt: 5 },
    condition: 'BETWEEN',
  }),
  selectIs: v2('A select field is', { key: 'os', value: 'web', condition: 'IS' }),
  multiSelectIs: v2('A multiSelect field is exactly', {
    key: 'tags',
    value: ['ui', 'speed'],
    condition: 'IS',
  }),
  multiSelectContains: v2('A multiSelect field has all of', {
    key: 'tags',
    value: ['ui'],
    condition: 'CONTAINS',
  }),
  date: v2('A date field is in a range', {
    key: 'visitedAt',
    value: { gte: '2024-01-01T00:00:00Z' },
    condition: 'BETWEEN',
  }),
  updatedAt: v2('Changed in a range', {
    key: 'updatedAt',
    value: { gte: '2024-01-01' },
    condition: 'BETWEEN',
  }),
  images: v2('An images field has a link that contains', {
    key: 'screenshots',
    value: '/files/',
    condition: 'CONTAINS',
  }),
  id: v2('One feedback', { key: 'id', value: 1, condition: 'IS' }),
  idBetween: v2('A range of ids', { key: 'id', value: { gte: 1, lt: 100 }, condition: 'BETWEEN' }),
  ids: v2('Some feedbacks', { key: 'ids', value: [1, 2], condition: 'IS' }),
  issuesAre: v2('Exactly these issues', { key: 'issueIds', value: [1, 2], condition: 'IS' }),
  issuesContain: v2('All of these issues', { key: 'issueIds', value: [1], condition: 'CONTAINS' }),
};
