import { declaredRoutes } from '#test/support/routes.js';
import { testApp } from '#test/support/test-app.js';

const PROBLEM = 'application/problem+json; charset=utf-8';
const NUL_REFUSED = 'The query has a NUL character.';
/** Where a dialect lists what is wrong. */
const NUL_NAMED = expect.stringMatching(
  /^The query parameter "(search||c)" has a NUL character\.$/,
) as unknown;

describe('the router', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });

  it.each([
    '/',
    '/nowhere',
    '/api',
    '/api/adminx',
    '/healthy',
    '/health',
    '/v9/feedback',
    '/..',
    '/api%2fadmin',
  ])('answers 404 as a problem at %s, outside every dialect', async (path) => {
    const response = await app.fetch(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe(PROBLEM);
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is nothing at this address.',
      code: 'not_found',
      requestId: response.headers.get('x-request-id'),
    });
  });

  it('answers 404 in the shape of the dialect below its prefixes', async () => {
    const admin = await app.fetch('/api/admin/nowhere');
    expect([admin.status, admin.headers.get('content-type')]).toEqual([404, PROBLEM]);
    const client = await app.fetch('/api/client/nowhere');
    expect([client.status, await client.json()]).toEqual([
      404,
      {
        isSuccess: false,
        data: null,
        errors: ['There is nothing at this address.'],
        requestId: client.headers.get('x-request-id'),
      },
    ]);
  });

  it('answers 405 with Allow to every method that a path does not know, credentials or not', async () => {
    // A path with a word in the place of another one's id knows the methods of both.
    const routes = declaredRoutes(app).map(({ method, name, path }) => {
      const template = name.slice(method.length + 1).replaceAll(/:\w+/g, '[^/]+');
      return { method, path, pattern: new RegExp(`^${template}$`) };
    });
    for (const path of new Set(routes.map((route) => route.path))) {
      const known = new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
      if (known.has('GET')) known.add('HEAD');
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
        if (known.has(method)) continue;
        const { status, headers } = await app.fetch(path, { method });
        expect([method, path, status, headers.get('allow')]).toEqual([
          method,
          path,
          405,
          [...known].sort().join(', '),
        ]);
      }
    }
  });

  it('answers 405 in the shape of the dialect', async () => {
    const admin = await app.fetch('/api/admin/projects', { method: 'PUT' });
    expect(admin.headers.get('content-type')).toBe(PROBLEM);
    expect(await admin.json()).toMatchObject({ status: 405, code: 'method_not_allowed' });
    const client = await app.fetch('/api/client/feedbacks', { method: 'PUT' });
    expect(await client.json()).toMatchObject({ isSuccess: false, data: null });
    const token = await app.fetch('/connect/token');
    expect(await token.json()).toMatchObject({ error: 'invalid_request' });
  });

  it.each([
    '/api/admin/projects/%zz',
    '/api/admin/users/%',
    '/api/client/feedbacks/%c3%28',
    '/%zz',
    '/docs/%zz',
  ])('answers a 4xx to a path that cannot be decoded (%s)', async (path) => {
    for (const method of ['GET', 'HEAD', 'PATCH', 'DELETE', 'POST']) {
      const { status } = await app.fetch(path, { method });
      expect([method, status >= 400 && status < 500]).toEqual([method, true]);
    }
  });

  it.each([
    '?%',
    '?limit=%zz',
    '?a[b][c]=1',
    '?__proto__[x]=1',
    '?limit=1&limit=2',
    `?x=${'a'.repeat(8000)}`,
  ])('is not thrown by the query %.20s', async (query) => {
    expect((await app.fetch(`/health/live${query}`)).status).toBe(200);
    expect((await app.fetch(`/api/admin/projects${query}`)).status).toBe(401);
  });

  it.each([
    ['/nowhere', { status: 400, code: 'invalid' }],
    ['/api/admin/issues', { status: 400, code: 'invalid' }],
    ['/v1/feedback', { status: 400, code: 'invalid', instance: '/v1/feedback' }],
    ['/api/client/feedbacks', { isSuccess: false, data: null, errors: [NUL_NAMED] }],
    ['/connect/token', { error: 'invalid_request', error_description: NUL_REFUSED }],
    ['/api/projects/1', { statusCode: 400, message: [NUL_NAMED] }],
    ['/api/v1/source/import', { message: NUL_REFUSED }],
    ['/v0/feelbacks', { error: 'bad-request', message: NUL_REFUSED }],
  ])('refuses a NUL at %s in the shape of its dialect', async (path, body) => {
    for (const query of ['?search=%00', '?%00=1', '?a=b&c=d%00e']) {
      const response = await app.fetch(path + query);
      expect([response.status, await response.json()]).toEqual([400, expect.objectContaining(body)]);
    }
    expect((await app.fetch(`${path}?search=%2500`)).status).not.toBe(400);
  });

  it.each(['/files/1/a%00', '/files/1%00/a.png', '/api/projects/1%00', '/.well-known/a%00'])(
    'answers a 4xx to a NUL in the path %s',
    async (path) => {
      const { status } = await app.fetch(path);
      expect(status >= 400 && status < 500).toBe(true);
    },
  );

  it('lets a query with a NUL come to no route', async () => {
    for (const { method, path } of declaredRoutes(app)) {
      const query = `${path}?cursor=%00`;
      expect([query, (await app.fetch(query, { method })).status]).toEqual([query, 400]);
    }
  });

  it.each(['/health/live', '/.well-known/jwks.json', '/docs/admin.json'])(
    'answers HEAD at %s as GET, without the body',
    async (path) => {
      const [get, head] = [await app.fetch(path), await app.fetch(path, { method: 'HEAD' })];
      expect(head.status).toBe(get.status);
      expect(await head.text()).toBe('');
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    },
  );

  it('answers a HEAD that fails without a body', async () => {
    for (const path of ['/nowhere', '/api/admin/projects', '/api/client/nowhere', '/connect/token']) {
      const response = await app.fetch(path, { method: 'HEAD' });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).toBe('');
    }
  });

  it('takes a path in any case and with a slash at its end, as one and the same', async () => {
    for (const path of ['/HEALTH/live', '/health/live/']) expect((await app.fetch(path)).status).toBe(200);
    const { headers } = await app.fetch('/API/CLIENT/Feedbacks');
    expect(headers.get('www-authenticate')).toBe('Bearer realm="insider"');
  });
});
