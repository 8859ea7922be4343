import { createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

const ID = '982e7534-2f5b-4b41-a35b-0112ba17be14';
const ROUTES: [string, string][] = [
  ['POST', '/api/client/feedbacks'],
  ['GET', '/api/client/feedbacks'],
  ['GET', '/api/client/feedbacks/1'],
  ['POST', '/api/client/feedbacks/1/attachments'],
  ['GET', '/api/client/feedbacks/1/attachments/1'],
];

describe('the bearer token of /api/client', () => {
  const app = testApp();
  let client: SeededClient;
  let token: string;
  beforeAll(async () => {
    client = await app.seed.client();
    token = await tokenOf(app, client);
  });

  const list = (headers: Record<string, string>, query = '') =>
    app.fetch(`/api/client/feedbacks${query}`, { headers });

  const expectFailure = async (response: Response, status: number) => {
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const body = await envelope(response);
    expect(body).toEqual({
      isSuccess: false,
      data: null,
      errors: [expect.stringMatching(/^[A-Z].*\.$/)],
      requestId: response.headers.get('x-request-id'),
    });
  };

  describe('401', () => {
    it.each(ROUTES)('%s %s without a token, and a challenge without an error code', async (method, path) => {
      const response = await app.fetch(path, { method, headers: { 'X-Request-Id': ID } });
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="insider"');
      expect(response.headers.get('x-request-id')).toBe(ID);
      await expectFailure(response, 401);
    });

    it.each(['Basic dXNlcjpwYXNz', 'API-KEY abc', 'Digest username="a", realm="b"', 'Bearers abc d', ''])(
      'for the Authorization header %j, which holds no bearer token',
      async (Authorization) => {
        const response = await list({ Authorization });
        expect(response.headers.get('www-authenticate')).toBe('Bearer realm="insider"');
        await expectFailure(response, 401);
      },
    );

    it.each([
      'Bearer',
      'Bearer a b',
      'Bearer abc',
      'Bearer a.b.c',
      `Bearer ${'x'.repeat(6000)}`,
      'Bearer \u00ff',
    ])('invalid_token for the malformed header %.20s', async (Authorization) => {
      const response = await list({ Authorization });
      expect(response.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="insider", error="invalid_token", error_description="[^"]+"$/,
      );
      await expectFailure(response, 401);
    });

    it('before anything is said about the body or the feedback', async () => {
      await expectFailure(await createFeedback(app, 'bad', '{'), 401);
      const headers = { Authorization: 'Bearer bad' };
      await expectFailure(await app.fetch('/api/client/feedbacks/999', { headers }), 401);
    });
  });

  describe('403', () => {
    it('insufficient_scope names the scope to write when the token may only read', async () => {
      const readOnly = await tokenOf(app, client, 'feedback.read');
      for (const path of ['/api/client/feedbacks', '/api/client/feedbacks/1/attachments']) {
        const response = await app.fetch(path, {
          method: 'POST',
          headers: { Authorization: `Bearer ${readOnly}`, 'Content-Type': 'application/json' },
          body: JSON.stringify(EXAMPLE),
        });
        expect(response.headers.get('www-authenticate')).toBe(
          'Bearer realm="insider", error="insufficient_scope", scope="feedback.write"',
        );
        await expectFailure(response, 403);
      }
      expect(await app.query('select 1 from feedback')).toEqual([]);
    });

    it('insufficient_scope names the scope to read when the token may only write', async () => {
      const headers = { Authorization: `Bearer ${await tokenOf(app, client, 'feedback.write')}` };
      for (const [method, path] of ROUTES.filter(([method]) => method === 'GET')) {
        const response = await app.fetch(path, { method, headers });
        expect(response.headers.get('www-authenticate')).toBe(
          'Bearer realm="insider", error="insufficient_scope", scope="feedback.read"',
        );
        await expectFailure(response, 403);
      }
    });
  });

  describe('is read from the Authorization header only:', () => {
    it('400 for one in the address, beside a good header or alone', async () => {
      for (const headers of [{ Authorization: `Bearer ${token}` }, {} as Record<string, string>]) {
        const response = await list(headers, `?access_token=${token}`);
        expect(response.headers.get('www-authenticate')).toBe(
          'Bearer realm="insider", error="invalid_request"',
        );
        await expectFailure(response, 400);
      }
    });

    it('a form body is no transport, alone or beside the header', async () => {
      const before = await app.query('select 1 from feedback');
      const body = new URLSearchParams({ access_token: token });
      const alone = await app.fetch('/api/client/feedbacks', { method: 'POST', body });
      expect(alone.headers.get('www-authenticate')).toBe('Bearer realm="insider"');
      await expectFailure(alone, 401);
      const headers = { Authorization: `Bearer ${token}` };
      const both = await app.fetch('/api/client/feedbacks', { method: 'POST', headers, body });
      await expectFailure(both, 415);
      expect(await app.query('select 1 from feedback')).toHaveLength(before.length);
    });

    it('a JSON member of that name is a member like any other', async () => {
      const body = { ...EXAMPLE, access_token: token };
      const alone = await app.fetch('/api/client/feedbacks', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      await expectFailure(alone, 401);
      expect((await createFeedback(app, token, body)).status).toBe(201);
    });
  });

  it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR', 'Bearer  '])('may name its scheme %j', async (scheme) => {
    expect((await list({ Authorization: `${scheme} ${token}` })).status).toBe(200);
  });
});
