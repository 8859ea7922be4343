import { requestToken } from '#test/support/insider-connect.js';
import {
  basic,
  BAD_CREDENTIALS,
  GRANT,
  inBody,
  type OAuthError,
  type TokenAnswer,
} from '#test/support/oauth.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

const UNKNOWN = '0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10';

describe('POST /connect/token', () => {
  const app = testApp();
  let client: SeededClient;
  beforeAll(async () => {
    client = await app.seed.client();
  });

  const expectTokenHeaders = (response: Response) => {
    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  };

  describe('200', () => {
    const ways: [string, (client: SeededClient) => Promise<Response>][] = [
      ['in the body', (one) => requestToken(app, inBody(one))],
      ['by HTTP Basic', (one) => requestToken(app, GRANT, basic(one.clientId, one.clientSecret))],
    ];
    it.each(ways)('answers a token to credentials %s, and nothing else', async (_where, ask) => {
      const response = await ask(client);
      expect(response.status).toBe(200);
      expectTokenHeaders(response);
      const answer = (await response.json()) as TokenAnswer;
      expect(answer).toEqual({
        access_token: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/),
        token_type: 'Bearer',
        expires_in: expect.any(Number),
        scope: 'feedback.read feedback.write',
      });
      expect(answer.expires_in).toBeGreaterThanOrEqual(3590);
      expect(answer.expires_in).toBeLessThanOrEqual(3600);
    });

    it('names the client in the body, too, when it is the one of the header', async () => {
      const response = await requestToken(
        app,
        { ...GRANT, client_id: client.clientId, client_secret: '' },
        basic(client.clientId, client.clientSecret),
      );
      expect(response.status).toBe(200);
    });

    it('ignores parameters that it does not know', async () => {
      const more = { resource: 'https://example.com', __proto__x: '1', username: 'a', password: 'b' };
      expect((await requestToken(app, { ...inBody(client), ...more })).status).toBe(200);
    });

    it('takes a charset in the content type and the scheme in any case', async () => {
      const header = basic(client.clientId, client.clientSecret).Authorization.replace('Basic', 'bAsIc');
      const response = await app.fetch('/connect/token', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
          Authorization: header,
        },
        body: 'grant_type=client_credentials',
      });
      expect(response.status).toBe(200);
    });
  });

  describe('invalid_client', () => {
    it.each([
      ['a wrong secret', (): [string, string] => [client.clientId, 'chsec_wrong']],
      ['an unknown client', (): [string, string] => [UNKNOWN, client.clientSecret]],
      ['a client id that is no UUID', (): [string, string] => ["' or 1=1 --", client.clientSecret]],
      ['NUL in the client id', (): [string, string] => ['a\0b', client.clientSecret]],
      ['NUL in the secret', (): [string, string] => [client.clientId, '\0']],
    ])('answers %s with the one sentence, 400 from the body and 401 from Basic', async (_what, pair) => {
      const [id, secret] = pair();
      const fromBody = await requestToken(app, { ...GRANT, client_id: id, client_secret: secret });
      expect(fromBody.status).toBe(400);
      expect(fromBody.headers.get('www-authenticate')).toBeNull();
      expectTokenHeaders(fromBody);
      expect(await fromBody.json()).toEqual(BAD_CREDENTIALS);

      const fromHeader = await requestToken(
        app,
        GRANT,
        basic(encodeURIComponent(id), encodeURIComponent(secret)),
      );
      expect(fromHeader.status).toBe(401);
      expect(fromHeader.headers.get('www-authenticate')).toMatch(/^Basic realm="[^"]+"/);
      expectTokenHeaders(fromHeader);
      expect(await fromHeader.json()).toEqual(BAD_CREDENTIALS);
    });

    it.each([
      ['no credentials at all', {}],
      ['a client id alone', { client_id: UNKNOWN }],
      ['a secret alone', { client_secret: 'x' }],
      ['a secret that is empty', { client_id: UNKNOWN, client_secret: '' }],
    ])('400 for %s', async (_what, parameters) => {
      const response = await requestToken(app, { ...GRANT, ...parameters });
      expect(response.status).toBe(400);
      expectTokenHeaders(response);
      expect(await response.json()).toEqual(BAD_CREDENTIALS);
    });

    it.each([
      ['without a colon', `Basic ${Buffer.from('nothing').toString('base64')}`],
      ['that is not base64', 'Basic ****'],
      ['that is empty', 'Basic'],
      ['with a broken escape', basic('%zz', 'x').Authorization],
      ['of another scheme', 'Bearer abc'],
    ])('401 with a challenge for an Authorization header %s', async (_what, header) => {
      const response = await requestToken(app, GRANT, { Authorization: header });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
      expectTokenHeaders(response);
      expect(await response.json()).toEqual(BAD_CREDENTIALS);
    });

    it('never reads credentials from the address', async () => {
      const query = new URLSearchParams(inBody(client)).toString();
      const response = await app.fetch(`/connect/token?${query}`, {
        method: 'POST',
        body: new URLSearchParams(GRANT),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual(BAD_CREDENTIALS);
      const bodiless = await app.fetch(`/connect/token?${query}`, { method: 'POST' });
      expect(await bodiless.json()).toMatchObject({ error: 'invalid_request' });
    });

    it('writes every description in the characters that RFC 6749, 5.2 allows', async () => {
      for (const body of [{}, { grant_type: 'password' }, GRANT, { ...inBody(client), scope: '"\\ü' }]) {
        const answer = (await (await requestToken(app, body as Record<string, string>)).json()) as OAuthError;
        expect(answer.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
        expect(Object.keys(answer)).toEqual(['error', 'error_description']);
      }
    });
  });
});
