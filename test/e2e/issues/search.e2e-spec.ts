import type { IssueQuery } from '#libs/issues/issue-query.js';
import { IssuesService } from '#libs/issues/issues.service.js';
import { type Workplace, workplace } from '#test/support/issues.js';
import { testApp } from '#test/support/test-app.js';

describe('issues, searched by page number', () => {
  const app = testApp();
  let place: Workplace;
  const service = () => app.server.app.get(IssuesService);
  let first: number;

  beforeAll(async () => {
    place = await workplace(app);
    const make = async (input: Parameters<IssuesService['create']>[2]) =>
      (await service().create(place.by, place.projectId, input)).result;
    first = await make({ name: 'Crash', description: 'at start', externalIssueId: 'APP-1' });
    await make({ name: 'crash on exit', status: 'PENDING' });
    await make({ name: '50%', description: null, status: 'RESOLVED', externalIssueId: 'app-2' });
    await make({ name: "x'); drop", status: 'ON_REVIEW' });
  });

  const found = async (query: IssueQuery, paging = { limit: 10, page: 1 }) => {
    const { items, total } = await service().page(place.by, place.projectId, query, paging);
    return [items.map(({ issue }) => issue.name), total] as const;
  };

  it.each<[string, IssueQuery, string[]]>([
    ['all, newest first', {}, ["x'); drop", '50%', 'crash on exit', 'Crash']],
    ['a part of the name, in any case', { searchText: 'CRASH' }, ['crash on exit', 'Crash']],
    ['a part of the description', { searchText: 'start' }, ['Crash']],
    ['a part of the external id', { searchText: 'app-' }, ['50%', 'Crash']],
    ['a wildcard as it is', { searchText: '%' }, ['50%']],
    ['SQL as it is', { searchText: "'); drop" }, ["x'); drop"]],
    ['nothing', { searchText: '99999999999999999999999 nothing' }, []],
    ['states', { statuses: ['PENDING', 'RESOLVED', 'nonsense'] }, ['50%', 'crash on exit']],
    ['no state', { statuses: [] }, []],
    ['parts of members', { contains: { name: 'rash', status: 'pend' } }, ['crash on exit']],
    ['a part of a count', { contains: { feedbackCount: '0', externalIssueId: 'APP' } }, ['50%', 'Crash']],
    ['those without a category', { categoryId: null, searchText: 'exit' }, ['crash on exit']],
    ['a range that is over', { createdAt: { before: new Date(0) } }, []],
    [
      'a range',
      { createdAt: { from: new Date(0) }, updatedAt: { from: new Date(0) }, searchText: 'exit' },
      ['crash on exit'],
    ],
    ['by name', { sort: [{ by: 'name', direction: 'asc' }] }, ['50%', 'Crash', 'crash on exit', "x'); drop"]],
    [
      'by what some have not, then by id',
      {
        sort: [
          { by: 'externalIssueId', direction: 'desc' },
          { by: 'id', direction: 'asc' },
        ],
      },
      ['50%', 'Crash', 'crash on exit', "x'); drop"],
    ],
  ])('finds %s', async (_, query, names) => {
    expect(await found(query)).toEqual([names, names.length]);
  });

  it('finds the one whose id a text starts with', async () => {
    expect(await found({ searchText: `${first}abc` })).toEqual([['Crash'], 1]);
    expect(await found({ id: first })).toEqual([['Crash'], 1]);
  });

  it('counts all of them on every page, and has nothing behind the last', async () => {
    expect(await found({}, { limit: 3, page: 2 })).toEqual([['Crash'], 4]);
    expect(await found({}, { limit: 3, page: 3 })).toEqual([[], 4]);
    expect(await found({}, { limit: 1000, page: Number.MAX_SAFE_INTEGER })).toEqual([[], 4]);
  });
});
