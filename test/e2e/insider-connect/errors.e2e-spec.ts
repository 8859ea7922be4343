import { createFeedback, envelope, tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';
import { RawClient } from '#test/support/raw-http.js';

const ID = '982e7534-2f5b-4b41-a35b-0112ba17be14';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PATHS = [
  '/connect/token',
  '/connect/nothing',
  '/api/client/feedbacks',
  '/api/client/feedbacks/1',
  '/api/client/feedbacks/1/attachments',
  '/api/client/nothing',
  '/.well-known/jwks.json',
  '/.well-known/oauth-authorization-server',
];

describe('insider-connect', () => {
  const app = testApp();
  let token: string;
  beforeAll(async () => {
    token = await tokenOf(app, await app.seed.client());
  });
  const call = (method: string, path: string, headers: Record<string, string> = {}) =>
    app.fetch(path, { method, headers: { Authorization: `Bearer ${token}`, ...headers } });
  const expectEnvelope = async (response: Response, status: number) => {
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await envelope(response)).toEqual({
      isSuccess: false,
      data: null,
      errors: [expect.stringMatching(/^[A-Z].*\.$/)],
      requestId: response.headers.get('x-request-id'),
    });
    expect(response.status).toBe(status);
  };

  it.each([
    '/api/client',
    '/api/client/',
    '/api/client/nothing',
    '/API/Client/nothing',
    '/api/client/feedbacks/1/nothing',
    '/api/client/feedbacks/1/attachments/1/nothing',
    '/connect',
    '/connect/nothing',
    '/.well-known/jwks.json/nothing',
  ])('404 with the envelope for %s', async (path) => {
    await expectEnvelope(await call('GET', path), 404);
    await expectEnvelope(await call('POST', path), 404);
  });

  it.each([
    ['DELETE', '/api/client/feedbacks', 'GET, HEAD, POST'],
    ['PUT', '/api/client/feedbacks', 'GET, HEAD, POST'],
    ['POST', '/api/client/feedbacks/1', 'GET, HEAD'],
    ['DELETE', '/api/client/feedbacks/1', 'GET, HEAD'],
    ['PATCH', '/api/client/feedbacks/1', 'GET, HEAD'],
    ['GET', '/api/client/feedbacks/1/attachments', 'POST'],
    ['DELETE', '/api/client/feedbacks/1/attachments/1', 'GET, HEAD'],
    ['POST', '/.well-known/jwks.json', 'GET, HEAD'],
    ['POST', '/.well-known/oauth-authorization-server', 'GET, HEAD'],
  ])('405 for %s %s, with Allow: %s', async (method, path, allow) => {
    const response = await call(method, path);
    expect(response.headers.get('allow')).toBe(allow);
    await expectEnvelope(response, 405);
  });

  it.each(['%zz', '%E0%A4%A', '%C0%80'])('400 for the undecodable path %s, by any method', async (id) => {
    for (const method of ['GET', 'POST', 'PUT']) {
      await expectEnvelope(await call(method, `/api/client/feedbacks/${id}`), 400);
    }
    expect((await call('OPTIONS', `/api/client/feedbacks/${id}`)).status).toBeLessThan(500);
  });

  it.each(['/api/client/feedbacks', '/.well-known/jwks.json'])(
    'HEAD %s is GET without a body',
    async (path) => {
      const response = await call('HEAD', path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.text()).toBe('');
    },
  );

  it('a failed HEAD has no body, either', async () => {
    const response = await app.fetch('/api/client/feedbacks', { method: 'HEAD' });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
  });

  describe.each(PATHS)('%s', (path) => {
    it.each(['GET', 'POST', 'DELETE', 'OPTIONS'])(
      'carries X-Request-Id on %s, good or bad',
      async (method) => {
        expect((await call(method, path)).headers.get('x-request-id')).toMatch(UUID);
        const own = await call(method, path, { 'X-Request-Id': ID });
        expect(own.headers.get('x-request-id')).toBe(ID);
      },
    );

    it.each(['GET', 'POST', 'OPTIONS'])('lets no page of a browser read %s', async (method) => {
      const response = await call(method, path, {
        Origin: 'https://evil.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization',
      });
      const names = [...response.headers.keys()];
      expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(names).not.toContain('set-cookie');
      expect(names).not.toContain('x-powered-by');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    });
  });

  it('never answers from a cache', async () => {
    expect((await call('GET', '/api/client/feedbacks')).headers.get('cache-control')).toBe('no-store');
  });

  it('belongs to no other path: beside its prefixes, the house answers', async () => {
    for (const path of ['/api/clients', '/api/clientfeedbacks', '/connecttoken', '/.well-known/nothing']) {
      const response = await call('GET', path);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
  });

  it('survives methods and targets that make no sense', async () => {
    for (const line of [
      'GET http://evil.example/api/client/feedbacks',
      'OPTIONS *',
      'GET //api/client',
      'PROPFIND /api/client',
    ]) {
      const raw = await RawClient.open(Number(new URL(app.url).port));
      await raw.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      const { status } = await raw.answer().catch(() => ({ status: 0 }));
      raw.close();
      expect(status).toBeLessThan(500);
    }
    expect(app.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('insider-connect beyond the limit of a credential', () => {
  const app = testApp({ RATE_LIMIT_CREDENTIAL: 2 });

  it('429 with the envelope and Retry-After, for that client alone', async () => {
    const token = await tokenOf(app, await app.seed.client());
    for (let i = 0; i < 2; i++) expect((await createFeedback(app, token)).status).toBe(201);
    const response = await createFeedback(app, token);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await envelope(response)).toEqual({
      isSuccess: false,
      data: null,
      errors: ['Too many requests. Please slow down.'],
      requestId: response.headers.get('x-request-id'),
    });
    expect(await app.query('select 1 from feedback')).toHaveLength(2);
    expect((await createFeedback(app, await tokenOf(app, await app.seed.client()))).status).toBe(201);
  });
});
