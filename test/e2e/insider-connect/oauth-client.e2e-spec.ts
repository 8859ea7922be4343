import * as oauth from 'oauth4webapi';
import { type Envelope, EXAMPLE } from '#test/support/insider-connect.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

const http = { [oauth.allowInsecureRequests]: true };

/** A client library that knows nothing of this server but its address. */
describe('a stock OAuth client', () => {
  const app = testApp();
  let seeded: SeededClient;
  let server: oauth.AuthorizationServer;
  let client: oauth.Client;
  beforeAll(async () => {
    seeded = await app.seed.client();
    client = { client_id: seeded.clientId };
    const issuer = new URL(app.url);
    const response = await oauth.discoveryRequest(issuer, { ...http, algorithm: 'oauth2' });
    server = await oauth.processDiscoveryResponse(issuer, response);
  });

  const grant = async (authentication: oauth.ClientAuth, parameters: Record<string, string> = {}) => {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      authentication,
      parameters,
      http,
    );
    return oauth.processClientCredentialsResponse(server, client, response);
  };
  const call = (token: string, method: string, body: string | null = null, path = '/api/client/feedbacks') =>
    oauth.protectedResourceRequest(
      token,
      method,
      new URL(path, app.url),
      new Headers(body === null ? {} : { 'Content-Type': 'application/json' }),
      body,
      http,
    );

  it('discovers the server by RFC 8414', () => {
    expect(server).toMatchObject({
      issuer: app.url,
      token_endpoint: `${app.url}/connect/token`,
      jwks_uri: `${app.url}/.well-known/jwks.json`,
    });
  });

  it.each([
    ['client_secret_post', () => oauth.ClientSecretPost(seeded.clientSecret)],
    ['client_secret_basic', () => oauth.ClientSecretBasic(seeded.clientSecret)],
  ])('gets a token by %s, sends feedback with it and reads it back', async (method, authentication) => {
    expect(server.token_endpoint_auth_methods_supported).toContain(method);
    const token = await grant(authentication());
    expect(token).toMatchObject({ token_type: 'bearer', scope: 'feedback.read feedback.write' });
    expect(token.expires_in).toBeGreaterThanOrEqual(3590);
    expect(token.refresh_token).toBeUndefined();

    const created = await call(token.access_token, 'POST', JSON.stringify(EXAMPLE));
    expect(created.status).toBe(201);
    const { data: id } = (await created.json()) as Envelope<number>;
    const read = await call(token.access_token, 'GET', null, created.headers.get('location')!);
    expect(read.status).toBe(200);
    expect(await read.json()).toMatchObject({ data: { id, ...EXAMPLE } });
  });

  it('asks for one scope and gets no more', async () => {
    const token = await grant(oauth.ClientSecretPost(seeded.clientSecret), { scope: 'feedback.read' });
    expect(token.scope).toBe('feedback.read');
    await expect(call(token.access_token, 'POST', JSON.stringify(EXAMPLE))).rejects.toMatchObject({
      status: 403,
      cause: [{ scheme: 'bearer', parameters: { error: 'insufficient_scope', scope: 'feedback.write' } }],
    });
  });

  it('verifies the token as a resource server would, by RFC 9068', async () => {
    const { access_token: token } = await grant(oauth.ClientSecretBasic(seeded.clientSecret));
    const request = new Request(`${app.url}/api/client/feedbacks`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const claims = await oauth.validateJwtAccessToken(server, request, `${app.url}/api/client`, http);
    expect(claims).toMatchObject({ sub: seeded.clientId, client_id: seeded.clientId, iss: app.url });
  });

  it('understands what is wrong with its secret, both ways', async () => {
    await expect(grant(oauth.ClientSecretPost('wrong'))).rejects.toMatchObject({
      error: 'invalid_client',
      status: 400,
      error_description: 'Bad client credentials. Please check your client_id and client_secret.',
    });
    await expect(grant(oauth.ClientSecretBasic('wrong'))).rejects.toMatchObject({
      status: 401,
      cause: [{ scheme: 'basic' }],
    });
  });

  it('understands what is wrong with its scope and its token', async () => {
    await expect(
      grant(oauth.ClientSecretPost(seeded.clientSecret), { scope: 'feedback.delete' }),
    ).rejects.toMatchObject({ error: 'invalid_scope', status: 400 });
    await expect(call('a.b.c', 'GET')).rejects.toMatchObject({
      status: 401,
      cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }],
    });
  });
});
