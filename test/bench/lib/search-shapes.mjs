import { EQUAL, FIRST_MOMENT, idOf } from './search-data.mjs';

/**
 * What is searched for: the request as a client sends it, and the same as the store is asked, for its plan.
 * `equal`: as many matches at every size, through an index; these must not grow with the table.
 * `exempt`: no index can help, so it takes as long as the channel is large.
 */
export function searchShapes({ fields, path, v2Path, rows, issueId }) {
  const field = (key) => fields.find((one) => one.key === key);
  const v1 = (query, more = {}) => ({ method: 'POST', path: `${path}/search`, body: { query, ...more } });
  const v2 = (queries, operator) => ({ method: 'POST', path: v2Path, body: { queries, operator } });
  const all = (...of) => ({ kind: 'all', of });
  const shape = (name, request, where, more = {}) => ({
    name,
    request,
    query: { where, sort: more.sort ?? [] },
    paging: { limit: 10, page: more.page ?? 1 },
    equal: more.equal ?? false,
    exempt: more.exempt ?? false,
  });
  const text = (name, searchText, more) =>
    shape(name, v1({ searchText }), { kind: 'text', text: searchText }, more);
  const equals = (key, value) => ({ kind: 'equals', field: field(key), value });
  const moments = (first, last) => [FIRST_MOMENT + first * 1000, FIRST_MOMENT + last * 1000];
  const iso = ([from, before]) => ({ gte: new Date(from).toISOString(), lt: new Date(before).toISOString() });
  const range = (of, [from, before]) => ({ kind: 'range', field: of, from, before });
  // Every second row is the channel's.
  const narrow = moments(Math.floor(rows / 2), Math.floor(rows / 2) + 2 * EQUAL);
  const fifth = moments(0, Math.floor(rows / 5));
  const three = [
    { key: 'os', value: 'web', condition: 'IS' },
    { key: 'email', value: 'often@example.com', condition: 'IS' },
    { key: 'message', value: 'quixotic', condition: 'CONTAINS' },
  ];
  const threeAsked = [
    equals('os', 'web'),
    equals('email', 'often@example.com'),
    { kind: 'contains', field: field('message'), value: 'quixotic' },
  ];
  const both = [
    { key: 'message', value: 'quixotic', condition: 'CONTAINS' },
    { key: 'os', value: 'ios', condition: 'IS' },
    { key: 'tags', value: ['ui'], condition: 'CONTAINS' },
  ];
  const bothAsked = [
    { kind: 'contains', field: field('message'), value: 'quixotic' },
    equals('os', 'ios'),
    { kind: 'contains', field: field('tags'), value: ['ui'] },
  ];
  const id = idOf(Math.floor(rows / 4) * 2 + 1);
  return [
    shape('get by id', { method: 'GET', path: `${path}/${id}` }, { kind: 'ids', ids: [id] }, { equal: true }),
    shape('no filter', v1({}), all()),
    shape('no filter, page 100', v1({}, { page: 100 }), all(), { page: 100 }),
    text('rare word (20 rows)', 'xylophone', { equal: true }),
    text(`word (${EQUAL} rows)`, 'quixotic', { equal: true }),
    text('no hit', 'floccinaucinihilipilification', { equal: true }),
    text('word in 1 % of the rows', 'percentile'),
    shape(
      'word in 1 % of the rows, page 100',
      v1({ searchText: 'percentile' }, { page: 100 }),
      { kind: 'text', text: 'percentile' },
      { page: 100 },
    ),
    text('common word (half of the rows)', 'application', { exempt: true }),
    text('two letters', 'ba', { exempt: true }),
    text('two letters, no hit', 'qz', { exempt: true }),
    shape(
      `keyword (${EQUAL} rows)`,
      v1({ email: 'often@example.com' }),
      equals('email', 'often@example.com'),
      { equal: true },
    ),
    shape(`select (${EQUAL} rows)`, v1({ os: 'web' }), equals('os', 'web'), { equal: true }),
    shape('select (half of the rows)', v1({ os: 'ios' }), equals('os', 'ios')),
    shape(
      `multiSelect contains (${EQUAL} rows)`,
      v1({ tags: ['crash'] }),
      { kind: 'contains', field: field('tags'), value: ['crash'] },
      { equal: true },
    ),
    shape(`number equality (${EQUAL} rows)`, v1({ rating: 1 }), equals('rating', 1), { equal: true }),
    shape(
      'number range',
      v2([{ key: 'rating', value: { gte: 9, lt: 10 }, condition: 'BETWEEN' }]),
      range(field('rating'), [9, 10]),
      { exempt: true },
    ),
    shape(`createdAt range (${EQUAL} rows)`, v1({ createdAt: iso(narrow) }), range('createdAt', narrow), {
      equal: true,
    }),
    shape(`updatedAt range (${EQUAL} rows)`, v1({ updatedAt: iso(narrow) }), range('updatedAt', narrow), {
      equal: true,
    }),
    shape('createdAt range (a fifth of the rows)', v1({ createdAt: iso(fifth) }), range('createdAt', fifth)),
    shape('date field range', v1({ visitedAt: iso(narrow) }), range(field('visitedAt'), narrow), {
      exempt: true,
    }),
    shape('sort by number', v1({}, { sort: { rating: 'DESC' } }), all(), {
      exempt: true,
      sort: [{ by: field('rating'), direction: 'desc' }],
    }),
    shape('sort by updatedAt', v1({}, { sort: { updatedAt: 'DESC' } }), all(), {
      sort: [{ by: 'updatedAt', direction: 'desc' }],
    }),
    shape(
      `word (${EQUAL} rows), sort by number`,
      v1({ searchText: 'quixotic' }, { sort: { rating: 'ASC' } }),
      { kind: 'text', text: 'quixotic' },
      { equal: true, sort: [{ by: field('rating'), direction: 'asc' }] },
    ),
    shape(
      `issue (${EQUAL} rows)`,
      v1({ issueIds: [issueId] }),
      { kind: 'issues', match: 'any', ids: [issueId] },
      { equal: true },
    ),
    shape('v2 AND of three', v2(both, 'AND'), all(...bothAsked), { equal: true }),
    shape(
      `v2 OR of three (${3 * EQUAL} rows)`,
      v2(three, 'OR'),
      { kind: 'any', of: threeAsked },
      { equal: true },
    ),
  ];
}
