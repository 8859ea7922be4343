import { isUuid } from '#libs/platform/ids/uuid.js';
import { declaredRoutes } from '#test/support/routes.js';
import { testApp } from '#test/support/test-app.js';

describe('every answer', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });

  /** Answers of every sort: good, refused, unknown, from a document, from every route. */
  async function answers(init: RequestInit = {}): Promise<[string, Response][]> {
    const plain = [
      '/',
      '/nowhere',
      '/health/live',
      '/metrics',
      '/docs',
      '/docs/admin.json',
      '/api/admin/%zz',
    ];
    return Promise.all([
      ...plain.map(async (path) => [path, await app.fetch(path, init)] as [string, Response]),
      ...declaredRoutes(app).map(
        async ({ name, method, path }) =>
          [name, await app.fetch(path, { ...init, method })] as [string, Response],
      ),
      ...declaredRoutes(app).map(
        async ({ name, path }) =>
          [`OPTIONS for ${name}`, await app.fetch(path, { ...init, method: 'OPTIONS' })] as [
            string,
            Response,
          ],
      ),
    ]);
  }

  it('has an X-Request-Id that is a UUID and differs from call to call', async () => {
    const ids = (await answers()).map(([name, { headers }]) => [name, headers.get('x-request-id')] as const);
    expect(ids.filter(([, id]) => !isUuid(id))).toEqual([]);
    expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length);
  });

  it("repeats the caller's X-Request-Id when that is a UUID, in lower case", async () => {
    const id = '982E7534-2F5B-4B41-A35B-0112BA17BE14';
    for (const [name, { headers }] of await answers({ headers: { 'X-Request-Id': id } })) {
      expect([name, headers.get('x-request-id')]).toEqual([name, id.toLowerCase()]);
    }
  });

  it.each([
    'garbage',
    '1',
    'a'.repeat(4000),
    '982e7534-2f5b-4b41-a35b-0112ba17be14, x',
    '%0d%0aSet-Cookie: a=b',
  ])('replaces an X-Request-Id that is no UUID (%.20s)', async (given) => {
    const { headers } = await app.fetch('/health/live', { headers: { 'X-Request-Id': given } });
    expect(isUuid(headers.get('x-request-id'))).toBe(true);
  });

  it('names the same id in the body of a failure as in the header', async () => {
    for (const path of ['/nowhere', '/api/admin/projects', '/api/client/feedbacks']) {
      const response = await app.fetch(path);
      const { requestId } = (await response.json()) as { requestId: string };
      expect(requestId).toBe(response.headers.get('x-request-id'));
    }
  });

  it('carries the security headers, and nothing that tells what we run on', async () => {
    for (const [name, { headers }] of await answers()) {
      expect([name, Object.fromEntries(headers)]).toEqual([
        name,
        expect.objectContaining({
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
          'cache-control': name.startsWith('GET /.well-known/') ? 'public, max-age=300' : 'no-store',
          'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        }),
      ]);
      for (const header of ['x-powered-by', 'server', 'etag', 'set-cookie', 'strict-transport-security']) {
        expect([name, header, headers.get(header)]).toEqual([name, header, null]);
      }
    }
  });

  it('lets scripts run on the documentation pages only, and none that stand inline', async () => {
    const policy = async (path: string) =>
      (await app.fetch(path)).headers.get('content-security-policy') ?? '';
    expect(await policy('/docs')).toContain("default-src 'self'");
    expect(await policy('/docs')).not.toMatch(/script-src[^;]*unsafe/);
    for (const path of ['/', '/docsx', '/health/live', '/api/admin/projects', '/api/client/feedbacks']) {
      expect(await policy(path)).toContain("default-src 'none'");
    }
  });

  it('is never a failure of ours, whatever is called', async () => {
    expect((await answers()).filter(([, { status }]) => status >= 500)).toEqual([]);
    expect(app.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('an answer to a deployment behind https', () => {
  const app = testApp({ PUBLIC_URL: 'https://feedback.example.com/' });

  it('tells browsers to stay with https', async () => {
    const { headers } = await app.fetch('/health/live');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('names the public address, never the Host header', async () => {
    const metadata = await app.fetch('/.well-known/oauth-authorization-server', {
      headers: { 'X-Forwarded-Host': 'evil.example' },
    });
    expect(await metadata.json()).toMatchObject({ issuer: 'https://feedback.example.com' });
  });
});
