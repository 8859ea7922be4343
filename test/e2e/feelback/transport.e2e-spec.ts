import { seedFeelback, type SeededFeelback } from '#test/support/feelback.js';
import { declaredRoutes } from '#test/support/routes.js';
import { testApp } from '#test/support/test-app.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('a call of the feelback API', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let world: SeededFeelback;
  let key: string;

  beforeAll(async () => {
    world = await seedFeelback(app);
    key = world.viewer.key!;
  });

  function post(path: string, body?: string, headers: Record<string, string> = JSON_TYPE): Promise<Response> {
    return app.fetch(path, {
      method: 'POST',
      headers: { 'X-Api-Key': key, ...headers },
      ...(body !== undefined && { body }),
    });
  }

  function get(query: string, path = '/v0/projects/get'): Promise<Response> {
    return app.fetch(`${path}${query}`, { headers: { 'X-Api-Key': key } });
  }

  it('answers 200 with the result alone, its length, and no-store', async () => {
    const id = world.projectId;
    for (const response of [
      await world.viewer.call('projects/get', id),
      await world.viewer.get('projects/get', id),
    ]) {
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({ id, accountId: world.account.id, state: 'active' });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(text)),
        'cache-control': 'no-store',
      });
      expect(response.headers.get('transfer-encoding')).toBeNull();
    }
  });

  it('is not compressed, whatever the client takes', async () => {
    const response = await app.fetch('/v0/projects/list', {
      headers: { 'X-Api-Key': key, 'Accept-Encoding': 'gzip, br' },
    });
    expect([response.headers.get('content-encoding'), response.status]).toEqual([null, 200]);
  });

  it.each([
    ['no body', undefined, {}],
    ['an empty body', '', JSON_TYPE],
    ['no arguments', '[]', JSON_TYPE],
    ['null for an optional one', '[null]', JSON_TYPE],
    ['more arguments than there are parameters', '[{}, 1, [2], "x"]', JSON_TYPE],
    ['an object that is no array: the only argument', '{"$size":5,"extra":true}', JSON_TYPE],
    ['members that nobody knows', '[{"$size":5,"revokable":true,"__proto__":{"state":"x"}}]', JSON_TYPE],
    ['JSON by another name', '[]', { 'Content-Type': 'application/vnd.api+json' }],
  ])('takes %s', async (_, body, headers) => {
    const response = await post('/v0/projects/list', body, headers);
    expect([response.status, await response.json()]).toEqual([
      200,
      { items: [expect.objectContaining({ id: world.projectId })], count: 1 },
    ]);
  });

  it('takes a value that is no array as its only argument', async () => {
    expect((await post('/v0/projects/get', JSON.stringify(world.projectId))).status).toBe(200);
    const found = await get(`?$p=${JSON.stringify(world.projectId)}`);
    expect(found.status).toBe(200);
  });

  it.each(['/V0/Projects/LIST', '/v0/projects/list/'])('is found at %s', async (path) => {
    expect((await post(path, '[]')).status).toBe(200);
  });

  describe('by GET', () => {
    it.each(['raw', 'percent-encoded', 'form-encoded'])('reads the arguments of $p, %s', async (kind) => {
      const json = JSON.stringify([world.projectId, 'extra & more']);
      const query = {
        raw: `?$p=${json}`,
        'percent-encoded': `?$p=${encodeURIComponent(json)}`,
        'form-encoded': `?${new URLSearchParams({ $p: json }).toString()}`,
      }[kind]!;
      expect((await get(query)).status).toBe(200);
    });

    it('takes an ampersand in the arguments for a part of them', async () => {
      const key = 'https://blog.test/?a=1&b=[2]&api_key=x';
      const set = await world.set('pulse');
      await world.owner.result('contents/create', { contentSetId: set, key });
      const raw = await get(`?$p=${JSON.stringify([{ contentSetId: set, key }])}`, '/v0/contents/exists');
      expect([raw.status, await raw.json()]).toEqual([200, true]);
    });

    it('takes what follows the arguments for parameters, when they would make no sense else', async () => {
      expect((await get(`?$p=["${world.projectId}"]&_=123`)).status).toBe(200);
    });

    it('makes one object of other parameters, with numbers and booleans where they are wanted', async () => {
      const list = async (query: string) =>
        (await get(query, '/v0/sets/list')).json() as Promise<{ count: number }>;
      const all = await list(`?$size=1&$page=1&projectId=${world.projectId}&state=all`);
      expect(all.count).toBeGreaterThan(0);
      expect(await list('?projectId=999999')).toEqual({ items: [], count: 0 });
      expect(await list('?schema=rating&schema=message')).toEqual({ items: [], count: 0 });
      expect((await get('?$size=many', '/v0/sets/list')).status).toBe(400);
    });

    it.each([
      '?$p=[{%22contentSetId%22:%22x%22,%22key%22:%22https://blog.test/',
      '?$p=',
      '?$p=%zz',
      '?%24p=%ff',
      '?$p=[1',
      '?$p=undefined',
      `?$p=${'['.repeat(40)}${']'.repeat(40)}`,
      '?$p=["\\u0000"]',
      '?$p=["\\ud800"]',
    ])('refuses arguments that are no JSON or no text: %s', async (query) => {
      const response = await get(query);
      expect([response.status, await response.json()]).toEqual([
        400,
        { error: 'bad-request', message: expect.stringMatching(/.{10,}/) },
      ]);
    });

    it('answers HEAD without a body', async () => {
      const response = await app.fetch(`/v0/projects/get?$p=["${world.projectId}"]`, {
        method: 'HEAD',
        headers: { 'X-Api-Key': key },
      });
      expect([response.status, await response.text()]).toEqual([200, '']);
    });
  });

  describe('that cannot be made', () => {
    it.each([
      ['/v0/projects/nothing', 'POST', 404, 'not-found'],
      ['/v0/nothing/list', 'GET', 404, 'not-found'],
      ['/v0', 'GET', 404, 'not-found'],
      ['/v0/projects/create', 'GET', 405, 'method-not-allowed'],
      ['/v0/projects/list', 'PUT', 405, 'method-not-allowed'],
      ['/v0/projects/list', 'DELETE', 405, 'method-not-allowed'],
    ])('at %s by %s is %i', async (path, method, status, error) => {
      const response = await app.fetch(path, { method, headers: { Origin: 'https://blog.test' } });
      expect([response.status, await response.json()]).toEqual([
        status,
        { error, message: expect.stringMatching(/.{10,}/) },
      ]);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('content-length')).toMatch(/^\d+$/);
      if (status === 405) expect(response.headers.get('allow')).toMatch(/POST/);
    });

    it.each([
      ['broken JSON', '[{"a":', JSON_TYPE, 400, 'bad-request'],
      ['JSON that is nested too deeply', '['.repeat(40) + ']'.repeat(40), JSON_TYPE, 400, 'bad-request'],
      ['a NUL', String.raw`["\u0000"]`, JSON_TYPE, 400, 'bad-request'],
      ['a lone surrogate', String.raw`["\ud800"]`, JSON_TYPE, 400, 'bad-request'],
      ['a number that nobody can hold', '[1e400]', JSON_TYPE, 400, 'bad-request'],
      ['a large body', JSON.stringify(['x'.repeat(70_000)]), JSON_TYPE, 413, 'too-large'],
      ['text', '[]', { 'Content-Type': 'text/plain' }, 415, 'unsupported-media-type'],
      [
        'a form',
        'a=1',
        { 'Content-Type': 'application/x-www-form-urlencoded' },
        415,
        'unsupported-media-type',
      ],
      ['an unknown encoding', '[]', { ...JSON_TYPE, 'Content-Encoding': 'x' }, 415, 'unsupported-media-type'],
    ])('with %s is refused', async (_, body, headers, status, error) => {
      const response = await post('/v0/projects/get', body, headers);
      expect([response.status, await response.json()]).toEqual([
        status,
        { error, message: expect.stringMatching(/.{10,}/) },
      ]);
    });

    it.each([
      ['projects/get', [], 'id', 'id is required'],
      ['projects/get', [null], 'id', 'id is required'],
      ['projects/get', [1], 'id', 'id must be a string'],
      ['projects/get', [{}], 'id', 'id must be a string'],
      ['projects/list', ['x'], 'query', 'query must be an object'],
      ['projects/list', [[]], 'query', 'query must be an object'],
      ['projects/list', [{ $size: 0 }], '$size', '$size must not be less than 1'],
      ['projects/list', [{ $size: 1.5 }], '$size', '$size must be an integer number'],
      ['projects/list', [{ $page: '1' }], '$page', '$page must be an integer number'],
      ['projects/list', [{ $page: -1 }], '$page', '$page must not be less than 0'],
      [
        'projects/list',
        [{ state: 'gone' }],
        'state',
        'state must be one of the following values: all, active, archived',
      ],
      [
        'projects/lookup',
        ['x'.repeat(1025)],
        'text',
        'text must be shorter than or equal to 1024 characters',
      ],
      ['sets/exists', [7], 'key', 'key must be an id or a key'],
      ['sets/exists', [{ projectId: '1' }], 'key', 'key must be a string'],
    ])('says what is wrong with the arguments: %s%j', async (path, args, field, message) => {
      const [status, body] = await world.viewer.failure(path, ...args);
      expect([status, body.error]).toEqual([400, 'bad-request']);
      expect(body.data!.violations[0]).toMatchObject({ field });
      expect(body.message).toContain(message);
    });

    it('is looked at only after the key', async () => {
      const response = await app.fetch('/v0/projects/get', { method: 'POST', body: '{', headers: JSON_TYPE });
      expect([response.status, await response.json()]).toEqual([
        401,
        { error: 'unauthorized', message: expect.any(String) },
      ]);
      expect(response.headers.get('www-authenticate')).toBe('API-KEY realm="feelback"');
    });
  });

  describe('from a browser on another page', () => {
    const ORIGIN = { Origin: 'https://blog.test' };

    it('is announced by a preflight that lists every header by name', async () => {
      for (const { path } of declaredRoutes(app).filter(({ dialect }) => dialect === 'feelback')) {
        const response = await app.fetch(path, {
          method: 'OPTIONS',
          headers: {
            ...ORIGIN,
            'Access-Control-Request-Method': 'POST',
            'Access-Control-Request-Headers': 'content-type',
          },
        });
        expect([path, response.status, Object.fromEntries(response.headers)]).toEqual([
          path,
          204,
          expect.objectContaining({
            'access-control-allow-origin': '*',
            'access-control-allow-methods': expect.stringContaining('POST'),
            'access-control-max-age': '86400',
          }),
        ]);
        const allowed = response.headers.get('access-control-allow-headers')!.toLowerCase().split(', ');
        expect(allowed).toEqual(
          expect.arrayContaining([
            'content-type',
            'authorization',
            'x-api-key',
            'api-key',
            'apikey',
            'api_key',
          ]),
        );
      }
    });

    it('can be read by the page, failures too', async () => {
      for (const [path, status] of [
        ['/v0/projects/list', 401],
        ['/v0/feelbacks/getAggregates', 400],
        ['/v0/nothing', 404],
        ['/v0/feelbacks/create', 405],
      ] as const) {
        const { headers, status: got } = await app.fetch(path, { headers: ORIGIN });
        expect([path, got, headers.get('access-control-allow-origin')]).toEqual([path, status, '*']);
        expect(headers.get('access-control-allow-credentials')).toBeNull();
      }
    });
  });
});
