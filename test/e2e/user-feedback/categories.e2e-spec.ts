import { testApp } from '#test/support/test-app.js';
import { badRequest, failure, type Page, UserFeedbackClient } from '#test/support/user-feedback.js';

describe('issues that are searched, and categories', () => {
  const app = testApp();
  let client: UserFeedbackClient;
  let other: UserFeedbackClient;
  let issues: string;
  let categories: string;

  beforeAll(async () => {
    client = await UserFeedbackClient.make(app);
    other = await UserFeedbackClient.make(app, { account: client.account });
    issues = `${client.project}/issues`;
    categories = `${client.project}/categories`;
  });

  const get = async (id: number) =>
    (await client.call<Record<string, unknown>[]>('GET', `${issues}/${id}`)).body;
  const category = async (name: string, by = client) =>
    (await by.call<{ id: number }>('POST', `${by.project}/categories`, { name })).body.id;

  describe('the search for issues', () => {
    let by: UserFeedbackClient;
    const ids: Record<string, number> = {};

    beforeAll(async () => {
      by = await UserFeedbackClient.make(app);
      ids['a'] = await by.issue('Alpha 100%', { description: 'first', status: 'RESOLVED' });
      ids['b'] = await by.issue('beta_one', { externalIssueId: 'EXT-77', description: 'Second alpha' });
      ids['c'] = await by.issue('gamma', { status: 'PENDING' });
      await by.say({ issueNames: ['gamma'] });
    });

    const search = async (body: unknown) => {
      const answer = await by.call<Page>('POST', `${by.project}/issues/search`, body);
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
      const names = Object.entries(ids);
      return answer.body.items.map(({ id }) => names.find(([, each]) => each === id)![0]).join('');
    };

    it.each<[unknown, string]>([
      [{}, 'cba'],
      [{ query: {} }, 'cba'],
      [{ query: { searchText: 'ALPHA' } }, 'ba'],
      [{ query: { searchText: 'ext-7' } }, 'b'],
      [{ query: { searchText: '' } }, 'cba'],
      [{ query: { name: '%' } }, 'a'],
      [{ query: { name: '_' } }, 'b'],
      [{ query: { name: 'A' } }, 'cba'],
      [{ query: { name: 'A', description: 'first' } }, 'a'],
      [{ query: { statuses: ['INIT', 'PENDING'] } }, 'cb'],
      [{ query: { statuses: [] } }, ''],
      [{ query: { statuses: ["' or true --"] } }, ''],
      [{ query: { status: 'RES' } }, 'a'],
      [{ query: { externalIssueId: '77' } }, 'b'],
      [{ query: { feedbackCount: 1 } }, 'c'],
      [{ query: { id: 0 } }, 'cba'],
      [{ query: { createdAt: { gte: '2020-01-01' } } }, 'cba'],
      [{ query: { createdAt: { lt: '2020-01-01' } } }, ''],
      [{ query: { updatedAt: { gte: '1990-01-01', lt: '2090-01-01' } } }, 'cba'],
      [{ sort: { name: 'ASC' } }, 'abc'],
      [{ sort: { createdAt: 'ASC' } }, 'abc'],
      [{ sort: { feedbackCount: 'DESC', id: 'ASC' } }, 'cab'],
      [{ limit: 1, page: 2 }, 'b'],
    ])('finds by %j', async (body, names) => {
      expect(await search(body)).toBe(names);
    });

    it('finds an issue by the number that a text begins with, and by its id', async () => {
      expect(await search({ query: { searchText: `${ids['b']}abc` } })).toBe('b');
      expect(await search({ query: { id: ids['c'] } })).toBe('c');
      expect(await search({ query: { id: 1e300 } })).toBe('');
    });

    it('shows categories and counts', async () => {
      const categoryId = await category('billing', by);
      await by.call('PUT', `${by.project}/issues/${ids['c']}/category/${categoryId}`);
      const { body } = await by.call<Page>('POST', `${by.project}/issues/search`, {
        query: { categoryId },
      });
      expect(body).toMatchObject({
        meta: { itemCount: 1, totalItems: 1, itemsPerPage: 10, totalPages: 1, currentPage: 1 },
        items: [{ id: ids['c'], category: { id: categoryId, name: 'billing' }, feedbackCount: 1 }],
      });
      expect(await search({ query: { categoryId: null } })).toBe('ba');
    });

    it.each<[unknown, unknown]>([
      [{ query: { bogus: 1 } }, 'invalid key in query: bogus'],
      [{ query: { category: 1 } }, 'invalid key in query: category'],
      [{ query: { ids: [1] } }, 'invalid key in query: ids'],
      [{ query: { 'name) or (1=1': 'x' } }, 'invalid key in query: name) or (1=1'],
      [{ query: { name: {} } }, 'name must be string'],
      [{ query: { searchText: ['x'] } }, 'searchText must be string'],
      [{ query: { id: 'x' } }, 'id must be number'],
      [{ query: { statuses: 'INIT' } }, 'statuses must be array of string'],
      [{ query: { createdAt: 'x' } }, 'createdAt must be DateTimeRange'],
      [{ sort: { name: 'up' } }, 'invalid sort method'],
      [{ sort: { bogus: 'ASC' } }, 'bad key in sort'],
      [{ sort: { category: 'ASC' } }, 'bad key in sort'],
      [{ query: 5 }, ['query must be an object']],
      [{ limit: 1001 }, ['limit must not be greater than 1000']],
    ])('refuses %j', async (body, message) => {
      const answer = await by.call('POST', `${by.project}/issues/search`, body);
      expect([answer.status, answer.body]).toEqual([400, badRequest(message)]);
    });
  });

  describe('a category', () => {
    it('is made, listed, renamed and removed; its issues stay, without one', async () => {
      const made = await client.call('POST', categories, { name: 'category1' });
      expect([made.status, made.body]).toEqual([201, { id: expect.any(Number) }]);
      const id = made.body['id'] as number;
      const list = await client.call<Page>('GET', `${categories}?categoryName=CATEGORY1`);
      expect(list.body).toEqual({
        meta: { itemCount: 1, totalItems: 1, itemsPerPage: 10, totalPages: 1, currentPage: 1 },
        items: [{ id, name: 'category1', createdAt: expect.any(String), updatedAt: expect.any(String) }],
      });
      const issue = await client.issue('categorised');
      await client.call('PUT', `${issues}/${issue}/category/${id}`);
      const renamed = await client.call('PUT', `${categories}/${id}`, { name: 'category2' });
      expect([renamed.status, renamed.text]).toEqual([200, '']);
      expect(await get(issue)).toMatchObject([{ category: { id, name: 'category2' } }]);
      const removed = await client.call('DELETE', `${categories}/${id}`);
      expect([removed.status, removed.text]).toEqual([200, '']);
      expect(await get(issue)).toMatchObject([{ category: null }]);
    });

    it('has a name of its own in its project, and the codes of the reference say so', async () => {
      await category('taken');
      const id = await category('free');
      const made = await client.call('POST', categories, { name: 'taken' });
      expect(made.body).toEqual(
        failure(400, 'category name is duplicated', { code: 'CategoryNameDuplicated' }),
      );
      const renamed = await client.call('PUT', `${categories}/${id}`, { name: 'taken' });
      expect(renamed.body).toEqual(
        failure(400, 'category name is invalid: Invalid name', { code: 'CategoryNameInvalid' }),
      );
      await category('taken', other);
    });

    it.each<[unknown, string]>([
      [{}, 'name must be a string'],
      [{ name: null }, 'name must be a string'],
      [{ name: '' }, 'name must be longer than or equal to 1 characters'],
      [{ name: 'x'.repeat(256) }, 'name must be shorter than or equal to 255 characters'],
    ])('may not be %j', async (body, message) => {
      const id = await category(`c${Math.random()}`);
      for (const [method, path] of [
        ['POST', categories],
        ['PUT', `${categories}/${id}`],
      ] as const) {
        expect((await client.call(method, path, body)).body).toEqual(badRequest([message]));
      }
    });

    it('is made once for an Idempotency-Key', async () => {
      const send = () => client.call('POST', categories, { name: 'once' }, { 'Idempotency-Key': 'category' });
      const first = await send();
      expect((await send()).body).toEqual(first.body);
    });

    it('that is not there, or is of another project, is 404', async () => {
      const issue = await client.issue('without category');
      const theirs = await category('theirs', other);
      for (const id of [999_999, theirs]) {
        for (const [method, path, body] of [
          ['PUT', `${categories}/${id}`, { name: 'x' }],
          ['DELETE', `${categories}/${id}`],
          ['PUT', `${issues}/${issue}/category/${id}`],
        ] as const) {
          const answer = await client.call(method, path, body);
          expect(answer.body).toEqual(failure(404, 'category is not found', { code: 'CategoryNotFound' }));
        }
      }
    });

    it('is taken off an issue that has it, and no other', async () => {
      const [id, another] = [await category('on'), await category('not on')];
      const issue = await client.issue('in a category');
      const path = `${issues}/${issue}/category`;
      for (const each of [another, id])
        expect((await client.call('PUT', `${path}/${each}`)).status).toBe(200);
      const wrong = await client.call('DELETE', `${path}/${another}`);
      expect(wrong.body).toEqual(badRequest('Category id does not match'));
      const right = await client.call('DELETE', `${path}/${id}`);
      expect([right.status, right.text]).toEqual([200, '']);
      expect(await get(issue)).toMatchObject([{ category: null }]);
    });

    it('stands in a list by name, a page at a time; % and _ are letters like others', async () => {
      const by = await UserFeedbackClient.make(app);
      for (const name of ['b', 'a', 'c_', '%d']) await category(name, by);
      const list = async (query: string) => {
        const { body } = await by.call<Page>('GET', `${by.project}/categories?${query}`);
        return body.items.map(({ name }) => name);
      };
      expect(await list('sort[name]=ASC')).toEqual(['%d', 'a', 'b', 'c_']);
      expect(await list('sort%5Bname%5D=DESC&limit=2&page=2')).toEqual(['a', '%d']);
      expect(await list('categoryName=_')).toEqual(['c_']);
      expect(await list('categoryName=%25')).toEqual(['%d']);
      expect(await list('categoryName=')).toHaveLength(4);
      for (const query of ['sort=ASC', 'sort[name]=up', 'sort[name]=ASC&sort[name]=ASC']) {
        const { body } = await by.call('GET', `${by.project}/categories?${query}`);
        expect(body).toEqual(badRequest('invalid sort method'));
      }
      const { body } = await by.call('GET', `${by.project}/categories?limit=0&page=x`);
      expect(body).toEqual(
        badRequest(['limit must not be less than 1', expect.stringMatching(/^page must /)]),
      );
    });
  });
});
