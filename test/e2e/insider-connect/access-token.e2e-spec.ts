import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { SigningKeysService } from '#libs/auth/tokens/signing-keys.service.js';
import { createFeedback, tokenOf } from '#test/support/insider-connect.js';
import { jwtPart } from '#test/support/oauth.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

describe('an access token', () => {
  const app = testApp();
  let client: SeededClient;
  beforeAll(async () => {
    client = await app.seed.client();
  });
  const keySet = async () => (await (await app.fetch('/.well-known/jwks.json')).json()) as JSONWebKeySet;

  it('is a JWT with what RFC 9068, 2 demands', async () => {
    const before = Math.floor(app.clock.now().getTime() / 1000);
    const token = await tokenOf(app, client, 'feedback.write');
    expect(jwtPart(token, 0)).toEqual({ typ: 'at+jwt', alg: 'RS256', kid: expect.any(String) });
    const claims = jwtPart(token, 1) as Record<string, string | number>;
    expect(claims).toMatchObject({
      iss: app.url,
      aud: `${app.url}/api/client`,
      sub: client.clientId,
      client_id: client.clientId,
      scope: 'feedback.write',
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(claims['iat']).toBeGreaterThanOrEqual(before);
    expect(claims['iat']).toBeLessThanOrEqual(before + 5);
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600);
  });

  it('tells nothing of the account, the project or a secret', async () => {
    const claims = jwtPart(await tokenOf(app, client), 1);
    expect(Object.keys(claims).sort()).toEqual(
      ['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'scope', 'secret_id', 'sub'].sort(),
    );
    expect(JSON.stringify(claims)).not.toContain(client.account.id);
    expect(JSON.stringify(claims)).not.toContain(client.clientSecret);
  });

  it('has an id of its own each time', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => jwtPart(await tokenOf(app, client), 1)['jti']));
    expect(new Set(ids).size).toBe(3);
  });

  it('is verified by others with the published keys alone', async () => {
    const { payload } = await jwtVerify(await tokenOf(app, client), createLocalJWKSet(await keySet()), {
      issuer: app.url,
      audience: `${app.url}/api/client`,
      algorithms: ['RS256'],
      typ: 'at+jwt',
    });
    expect(payload.sub).toBe(client.clientId);
  });

  it('outlives the rotation of the key that signed it; new ones have the new key', async () => {
    const old = await tokenOf(app, client);
    const kid = await app.server.app.get(SigningKeysService).rotate(client.account.system);
    const fresh = await tokenOf(app, client);
    expect(jwtPart(fresh, 0)['kid']).toBe(kid);
    expect(jwtPart(old, 0)['kid']).not.toBe(kid);
    expect((await createFeedback(app, old)).status).toBe(201);
    expect((await createFeedback(app, fresh)).status).toBe(201);
    const { keys } = await keySet();
    expect(keys.map((key) => key.kid)).toEqual([kid, jwtPart(old, 0)['kid']]);
  });
});

describe('GET /.well-known', () => {
  const app = testApp({ PUBLIC_URL: 'https://feedback.example.com/' });

  it('/jwks.json publishes the public half of the signing keys and nothing of the private one', async () => {
    const response = await app.fetch('/.well-known/jwks.json');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const body = (await response.json()) as JSONWebKeySet;
    expect(Object.keys(body)).toEqual(['keys']);
    expect(body.keys).toHaveLength(1);
    expect(Object.keys(body.keys[0]!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(body.keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
    expect(Buffer.from(body.keys[0]!['n'] as string, 'base64url').length).toBeGreaterThanOrEqual(256);
  });

  it('/oauth-authorization-server describes the server as RFC 8414 does, by its public address', async () => {
    const response = await app.fetch('/.well-known/oauth-authorization-server', {
      headers: { Host: 'evil.example' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const issuer = 'https://feedback.example.com';
    expect(await response.json()).toEqual({
      issuer,
      token_endpoint: `${issuer}/connect/token`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      scopes_supported: ['feedback.read', 'feedback.write'],
      response_types_supported: [],
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    });
  });

  it('is what tokens name as issuer, whatever host the client asks', async () => {
    const client = await app.seed.client();
    const claims = jwtPart(await tokenOf(app, client), 1);
    expect(claims).toMatchObject({
      iss: 'https://feedback.example.com',
      aud: 'https://feedback.example.com/api/client',
    });
  });
});
