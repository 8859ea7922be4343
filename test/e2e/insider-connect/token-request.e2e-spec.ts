import { createHash, randomUUID } from 'node:crypto';
import { requestToken } from '#test/support/insider-connect.js';
import {
  basic,
  BAD_CREDENTIALS,
  GRANT,
  inBody,
  percentEncoded,
  type TokenAnswer,
} from '#test/support/oauth.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

describe('POST /connect/token', () => {
  const app = testApp();
  let client: SeededClient;
  beforeAll(async () => {
    client = await app.seed.client();
  });

  const expectError = async (response: Response, status: number, error: string) => {
    expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    expect(await response.json()).toEqual({ error, error_description: expect.any(String) });
    expect(response.status).toBe(status);
  };

  describe('400', () => {
    const grants: [string, string, Record<string, string>][] = [
      ['invalid_request', 'no grant type', {}],
      ['invalid_request', 'an empty grant type', { grant_type: '' }],
      ['unsupported_grant_type', 'the grant type password', { grant_type: 'password' }],
      ['unsupported_grant_type', 'a refresh token', { grant_type: 'refresh_token', refresh_token: 'x' }],
      ['unsupported_grant_type', 'the grant type in capitals', { grant_type: 'CLIENT_CREDENTIALS' }],
    ];
    it.each(grants)('%s for %s', async (error, _what, parameters) => {
      const { client_id, client_secret } = inBody(client) as { client_id: string; client_secret: string };
      await expectError(await requestToken(app, { client_id, client_secret, ...parameters }), 400, error);
    });

    it.each(['grant_type', 'client_id', 'client_secret', 'scope', 'unknown'])(
      'invalid_request for the parameter %s sent twice, the same or not',
      async (name) => {
        const all = { ...inBody(client), scope: 'feedback.read', unknown: 'x' };
        for (const again of [all[name as keyof typeof all], 'other', '']) {
          const parameters = [...Object.entries(all), [name, again]] as [string, string][];
          await expectError(await requestToken(app, parameters), 400, 'invalid_request');
        }
      },
    );

    it('invalid_request for a secret in the body beside HTTP Basic, be both right', async () => {
      const header = basic(client.clientId, client.clientSecret);
      await expectError(await requestToken(app, inBody(client), header), 400, 'invalid_request');
      const another = { ...GRANT, client_id: randomUUID() };
      await expectError(await requestToken(app, another, header), 400, 'invalid_request');
    });

    it.each([
      ['application/json', (body: object) => JSON.stringify(body)],
      ['text/plain', (body: object) => new URLSearchParams(body as Record<string, string>).toString()],
      ['multipart/form-data; boundary=x', () => '--x--'],
    ])('invalid_request for a body of %s', async (type, encode) => {
      const body = encode(inBody(client));
      const response = await app.fetch('/connect/token', {
        method: 'POST',
        headers: { 'Content-Type': type },
        body,
      });
      await expectError(response, 400, 'invalid_request');
    });

    it('invalid_request without a body', async () => {
      await expectError(await app.fetch('/connect/token', { method: 'POST' }), 400, 'invalid_request');
    });

    it.each([
      ['an unknown scope', 'feedback.delete'],
      ['an unknown scope beside a known one', 'feedback.read admin'],
      ['a scope in capitals', 'FEEDBACK.READ'],
      ['the name of an internal permission', 'feedback:read'],
      ['a member of every object', 'constructor'],
      ['blanks alone', '   '],
    ])('invalid_scope for %s', async (_what, scope) => {
      await expectError(await requestToken(app, { ...inBody(client), scope }), 400, 'invalid_scope');
    });

    it('invalid_scope for one beyond what the client is allowed', async () => {
      const reader = await app.seed.client({ permissions: ['feedback:read'] });
      const scope = 'feedback.read feedback.write';
      await expectError(await requestToken(app, { ...inBody(reader), scope }), 400, 'invalid_scope');
      const all = (await (await requestToken(app, inBody(reader))).json()) as TokenAnswer;
      expect(all.scope).toBe('feedback.read');
    });

    it('413 with the shape of OAuth for a body over 64 KB', async () => {
      const response = await requestToken(app, { ...inBody(client), more: 'x'.repeat(65_536) });
      await expectError(response, 413, 'invalid_request');
    });
  });

  describe('scope', () => {
    it.each([
      ['feedback.read', 'feedback.read'],
      ['feedback.write', 'feedback.write'],
      ['feedback.read feedback.write', 'feedback.read feedback.write'],
      ['feedback.write  feedback.read feedback.read', 'feedback.read feedback.write'],
      ['', 'feedback.read feedback.write'],
    ])('%j is granted as %j', async (scope, granted) => {
      const response = await requestToken(app, { ...inBody(client), scope });
      expect(((await response.json()) as TokenAnswer).scope).toBe(granted);
    });
  });

  describe('HTTP Basic', () => {
    it('is form-decoded after base64', async () => {
      const header = basic(percentEncoded(client.clientId), percentEncoded(client.clientSecret));
      expect((await requestToken(app, GRANT, header)).status).toBe(200);
    });

    describe('with a secret of colons, blanks, signs and umlauts', () => {
      const secret = 'pa:ss w\u00f6rd+100%';
      beforeAll(async () => {
        await app.query(
          `insert into oauth_client_secret (id, client_id, digest, hint, created_at) values ($1, $2, $3, 'test', now())`,
          [randomUUID(), client.clientId, createHash('sha256').update(secret).digest()],
        );
      });

      it.each([
        ['encoded as forms are', 'pa%3Ass+w%C3%B6rd%2B100%25', 200],
        ['whose colon is left as it is, as the first one divides', 'pa:ss+w%C3%B6rd%2B100%25', 200],
        ['whose blank is %20', 'pa%3Ass%20w%C3%B6rd%2B100%25', 200],
        ['that is not encoded', secret, 401],
      ])('takes one %s', async (_what, encoded, status) => {
        const response = await requestToken(app, GRANT, basic(client.clientId, encoded));
        expect(response.status).toBe(status);
        if (status === 401) expect(await response.json()).toEqual(BAD_CREDENTIALS);
      });

      it('is the same secret in the body', async () => {
        const response = await requestToken(app, { ...inBody(client), client_secret: secret });
        expect(response.status).toBe(200);
      });
    });
  });

  describe('405', () => {
    it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('%s is told that POST is the one method', async (method) => {
      const query = new URLSearchParams(inBody(client)).toString();
      const response = await app.fetch(`/connect/token?${query}`, { method });
      expect(response.headers.get('allow')).toBe('POST');
      await expectError(response, 405, 'invalid_request');
    });
  });
});
