import { declaredRoutes } from '#test/support/routes.js';
import { testApp } from '#test/support/test-app.js';

const CONSOLE = 'https://console.example.com';
const SECOND = 'http://localhost:5173';
const STRANGER = 'https://evil.example';

describe('a browser', () => {
  const app = testApp({ CORS_ORIGINS: `${CONSOLE}, ${SECOND}`, RATE_LIMIT_ANONYMOUS: 0 });

  function from(origin: string, path: string, init: RequestInit = {}): Promise<Response> {
    return app.fetch(path, { ...init, headers: { Origin: origin, ...init.headers } });
  }

  function preflight(origin: string, path: string, method: string): Promise<Response> {
    return from(origin, path, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': method } });
  }

  it.each([CONSOLE, SECOND])('on the listed page %s may call the management API', async (origin) => {
    for (const path of ['/api/admin/projects', '/api/auth/me', '/API/Admin/projects', '/api/admin/nowhere']) {
      const { headers } = await from(origin, path);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id');
      expect(headers.get('vary')).toBe('Origin');
    }
  });

  it('on a listed page is told beforehand what it may send', async () => {
    const response = await preflight(CONSOLE, '/api/admin/projects', 'POST');
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': CONSOLE,
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-max-age': '86400',
      allow: 'GET, HEAD, POST, OPTIONS',
      vary: 'Origin',
    });
    const allowed = response.headers.get('access-control-allow-headers')!.toLowerCase().split(', ');
    expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type', 'x-request-id']));
  });

  it.each([STRANGER, 'null', `${CONSOLE}.evil.example`, `${CONSOLE}:8443`, CONSOLE.replace('https', 'http')])(
    'on another page (%s) may not read an answer of the management API',
    async (origin) => {
      for (const response of [
        await from(origin, '/api/admin/projects'),
        await preflight(origin, '/api/admin/projects', 'GET'),
      ]) {
        expect(corsHeaders(response)).toEqual([]);
        expect(response.headers.get('vary')).toBe('Origin');
      }
    },
  );

  it('on any page may call user-feedback, and put and show its images', async () => {
    const routes = declaredRoutes(app).filter(({ dialect }) => dialect === 'user-feedback');
    expect(routes.length).toBeGreaterThan(25);
    for (const { path, method } of routes) {
      const { headers } = await preflight(STRANGER, path, method);
      expect([path, headers.get('access-control-allow-origin')]).toEqual([path, '*']);
      expect(headers.get('access-control-allow-methods')!.split(', ')).toContain(method);
    }
    const answer = await from(STRANGER, '/api/projects/1');
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
  });

  it.each(['insider-connect', 'source-import'])(
    'may not read an answer of %s, from whatever page',
    async (name) => {
      const routes = declaredRoutes(app).filter(({ dialect }) => dialect === name);
      expect(routes.length).toBeGreaterThan(3);
      for (const { path, method } of routes) {
        for (const origin of [CONSOLE, STRANGER]) {
          expect(corsHeaders(await from(origin, path, { method }))).toEqual([]);
          expect(corsHeaders(await preflight(origin, path, method))).toEqual([]);
        }
      }
    },
  );

  it('never gets to send cookies', async () => {
    for (const path of [
      '/api/admin/projects',
      '/api/auth/sign-in',
      '/api/client/feedbacks',
      '/health/live',
    ]) {
      const { headers } = await preflight(CONSOLE, path, 'POST');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('may not read health, metrics or what is nowhere from another page', async () => {
    for (const path of ['/health/ready', '/metrics', '/nowhere']) {
      expect(corsHeaders(await from(CONSOLE, path))).toEqual([]);
    }
  });

  it('without an Origin gets no answer about origins', async () => {
    expect(corsHeaders(await app.fetch('/api/admin/projects'))).toEqual([]);
  });

  it('reads failures of the management API, too', async () => {
    const { headers, status } = await from(CONSOLE, '/api/auth/sign-in', { method: 'POST', body: '{' });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([415, CONSOLE]);
  });
});

describe('OPTIONS', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });

  it('answers 204 with the methods of the path, on every route', async () => {
    for (const { name, path, method } of declaredRoutes(app)) {
      const response = await app.fetch(path, { method: 'OPTIONS' });
      expect([name, response.status]).toEqual([name, 204]);
      const allow = response.headers.get('allow')!.split(', ');
      expect([name, allow]).toEqual([name, expect.arrayContaining([method, 'OPTIONS'])]);
      expect([name, allow.includes('HEAD')]).toEqual([name, allow.includes('GET')]);
    }
  });

  it.each(['/nowhere', '/api/admin/nowhere', '/api/client/nowhere'])('answers 404 at %s', async (path) => {
    expect((await app.fetch(path, { method: 'OPTIONS' })).status).toBe(404);
  });

  it('does not look at parameters: one that cannot be decoded is refused by the call that follows', async () => {
    const path = '/api/admin/projects/%zz';
    expect((await app.fetch(path, { method: 'OPTIONS' })).status).toBe(204);
    expect((await app.fetch(path)).status).toBe(400);
  });
});

function corsHeaders({ headers }: Response): string[] {
  return [...headers.keys()].filter((name) => name.startsWith('access-control-'));
}
