import { AuthHeader, createClient, Header, type HttpCClientError } from '@httpc/client';
import { feelbackJs } from '#test/support/feelback-js.js';
import { seedFeelback, type SeededFeelback } from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';

const { getFeelbackAggregates, getFeelbackStore, getLocalFeelbackValue, removeFeelback, sendFeelback } =
  feelbackJs;

/** What the generic client makes of a path: a function, or the next part of it. */
interface Calls {
  (...args: unknown[]): Promise<unknown>;
  readonly [name: string]: Calls;
}

describe('a published client', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let world: SeededFeelback;
  let endpoint: string;

  beforeAll(async () => {
    world = await seedFeelback(app);
    endpoint = `${app.url}/v0`;
  });

  describe('@feelback/js in Node', () => {
    it('votes, changes its mind again and again, takes back, and reads the counts', async () => {
      const target = { contentSetId: await world.set('yes-no'), key: 'https://blog.test/?a=1&b=[2]+c' };
      const counts = () => getFeelbackAggregates({ endpoint, ...target });
      expect(await counts()).toEqual([0, 0]);
      await sendFeelback({ endpoint, ...target, value: '+1', metadata: { $user: 'ada', visits: 2 } });
      expect(await counts()).toEqual([1, 0]);
      for (const [value, expected] of [
        ['-1', [0, 1]],
        ['+1', [1, 0]],
        ['-1', [0, 1]],
      ] as const) {
        await sendFeelback({ endpoint, ...target, value });
        expect(await counts()).toEqual(expected);
        expect(getLocalFeelbackValue(target)).toBe(value);
      }
      const { feelbackId } = getFeelbackStore().getRevocable(target)!;
      expect(await world.viewer.result('feelbacks/get', feelbackId)).toMatchObject({
        context: { $user: 'ada', visits: 2 },
        profiling: { userId: 'ada' },
      });
      await removeFeelback({ endpoint, feelbackId });
      expect(await counts()).toEqual([0, 0]);
      expect(getLocalFeelbackValue(target)).toBeUndefined();
      await sendFeelback({ endpoint, ...target, value: '+1' });
      expect(await counts()).toEqual([1, 0]);
    });

    it('votes on a content by its id, with a message and with no way back', async () => {
      const contentSetId = await world.set('tagged-message', { tags: ['idea', 'error'] });
      const { id: contentId } = await world.owner.result<{ id: string }>('contents/create', {
        contentSetId,
        key: 'k',
      });
      const value = { tag: 'error', message: 'It is broken.' };
      await sendFeelback({ endpoint, contentId, value, revokable: false });
      expect(await getFeelbackAggregates({ endpoint, contentId })).toEqual([0, 1]);
      expect(getFeelbackStore().isRevokable({ contentId })).toBe(false);
    });

    it('is told of a failure, and keeps nothing', async () => {
      const target = { contentSetId: await world.set('pulse'), key: 'k' };
      await expect(sendFeelback({ endpoint, ...target, value: 'no' })).rejects.toThrow('API error');
      expect(getLocalFeelbackValue(target)).toBeUndefined();
    });

    it('shows nothing for a key with a #, whose end no server sees', async () => {
      const target = { contentSetId: await world.set('pulse'), key: 'https://blog.test/#part' };
      await sendFeelback({ endpoint, ...target, value: '+' });
      await expect(getFeelbackAggregates({ endpoint, ...target })).rejects.toThrow('API error');
      expect(await world.anybody.result('feelbacks/getAggregates', target)).toEqual([1]);
    });
  });

  describe('@httpc/client', () => {
    function client(key?: string): Calls {
      return createClient({
        endpoint,
        middlewares: key === undefined ? [] : [AuthHeader('API-KEY', key)],
      }) as unknown as Calls;
    }

    it('manages projects, sets and contents', async () => {
      const owner = client(world.owner.key);
      const project = (await owner['projects']!['create']!({ name: 'By httpc' })) as { id: string };
      expect(await owner['projects']!['get']!(project.id)).toEqual(project);
      expect(await owner['projects']!['list']!()).toMatchObject({
        items: [{ id: project.id }, {}],
        count: 2,
      });
      const set = (await owner['sets']!['create']!({
        projectId: project.id,
        key: 'articles',
        schema: 'pulse',
        schemaConfig: {},
        metadata: { name: 'Articles' },
      })) as { id: string };
      expect(await owner['sets']!['exists']!(set.id)).toBe(true);
      expect(await owner['sets']!['exists']!({ projectId: project.id, key: 'none' })).toBe(false);
      const content = { contentSetId: set.id, key: 'k' };
      expect(await owner['contents']!['create']!(content)).toMatchObject(content);
      expect(await owner['contents']!['top']!({ projectId: project.id })).toEqual([]);
      expect(await owner['sets']!['getStats']!(set.id, { period: 'day' })).toMatchObject({ count: 0 });
      expect(await owner['projects']!['archive']!(project.id)).toMatchObject({ state: 'archived' });
    });

    it('reads by GET with arguments that it form-encodes, and sends its key in another header', async () => {
      const generic = createClient({ endpoint }) as unknown as {
        $client: { use(middleware: unknown): void; read(path: string, ...args: unknown[]): Promise<unknown> };
      };
      generic.$client.use(Header('X-Api-Key', world.viewer.key!));
      const contentSetId = await world.set('pulse');
      await world.owner.result('contents/create', { contentSetId, key: 'a & b + c = d' });
      expect(await generic.$client.read('contents/exists', { contentSetId, key: 'a   b' })).toBe(false);
      const found = await generic.$client.read('contents/lookup', 'a', { contentSetId });
      expect(found).toMatchObject([{ key: 'a & b + c = d' }]);
    });

    it('gets null for nothing, and errors with their code and data', async () => {
      const anybody = client();
      const contentSetId = await world.set('pulse');
      const { feelbackId, revokable } = (await anybody['feelbacks']!['create']!({
        contentSetId,
        key: 'k',
        value: '+',
      })) as {
        feelbackId: string;
        revokable: { token: string };
      };
      const removal = { feelbackId, revokeToken: revokable.token };
      expect(await anybody['feelbacks']!['remove']!(removal)).toBeNull();
      const failure = async (work: Promise<unknown>) => {
        const error = await work.then(
          () => undefined,
          (thrown: unknown) => thrown as HttpCClientError,
        );
        return [error!.status, error!.error, error!.data];
      };
      expect(await failure(anybody['feelbacks']!['remove']!(removal))).toEqual([404, 'not-found', undefined]);
      expect(await failure(anybody['projects']!['list']!())).toEqual([401, 'unauthorized', undefined]);
      expect(await failure(client(world.viewer.key)['projects']!['create']!({ name: '' }))).toEqual([
        403,
        'forbidden',
        undefined,
      ]);
      expect(await failure(client(world.owner.key)['projects']!['create']!({ name: '' }))).toEqual([
        400,
        'bad-request',
        { violations: [{ field: 'name', message: expect.any(String) }] },
      ]);
    });
  });

  /** What the published reference shows: a helper around fetch, and a client that sends the scheme API-KEY. */
  describe("the reference's own way", () => {
    async function callApi<T>(path: string, ...parameters: unknown[]): Promise<T> {
      const answer = await fetch(endpoint + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `API-KEY ${world.owner.key}` },
        body: JSON.stringify(parameters),
      });
      return (await answer.json()) as T;
    }

    it('lists, gets and saves projects, and lists their active feelbacks', async () => {
      const { items } = await callApi<{ items: { id: string; state: string }[] }>('/projects/list');
      const [first] = items;
      expect(first!.state).toBe('active');
      expect(await callApi('/projects/get', first!.id)).toEqual(first);
      expect(await callApi('/projects/save', first!.id, { description: 'Described' })).toMatchObject({
        id: first!.id,
        metadata: { description: 'Described' },
      });
      const list = await callApi('/feelbacks/list', { projectId: first!.id, state: 'active' });
      expect(list).toEqual({ items: expect.any(Array), count: expect.any(Number) });
    });
  });
});
