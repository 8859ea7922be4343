import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { type JSONWebKeySet, SignJWT } from 'jose';
import { AccessTokens, type TokenKind } from '#libs/auth/tokens/access-tokens.js';
import { AdminClient } from '#test/support/admin.js';
import { envelope, tokenOf } from '#test/support/insider-connect.js';
import { jwtPart } from '#test/support/oauth.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a forged bearer token', () => {
  const app = testApp();
  let client: SeededClient;
  let token: string;
  beforeAll(async () => {
    client = await app.seed.client();
    token = await tokenOf(app, client);
  });
  afterEach(() => app.clock.reset());

  const list = (bearer: string) =>
    app.fetch('/api/client/feedbacks', { headers: { Authorization: `Bearer ${bearer}` } });
  const expectInvalid = async (bearer: string, sentence = 'The access token is not valid.') => {
    const response = await list(bearer);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer realm="insider", error="invalid_token", error_description="${sentence}"`,
    );
    expect((await envelope(response)).errors).toEqual([sentence]);
  };
  const kind = (): TokenKind => ({
    issuer: app.url,
    audience: `${app.url}/api/client`,
    type: 'at+jwt',
  });
  /** A token that our own key signed, with other contents. */
  const signed = (changed: Partial<TokenKind>, claims: object = {}, subject = client.clientId) =>
    app.server.app.get(AccessTokens).issue({ ...kind(), ...changed }, subject, 3600, {
      client_id: client.clientId,
      scope: 'feedback.read feedback.write',
      secret_id: client.secretId,
      ...claims,
    });

  it('is told from a good one', async () => {
    expect((await list(token)).status).toBe(200);
    expect((await list(await signed({}))).status).toBe(200);
  });

  it('with another signature, other claims or none of either is refused', async () => {
    const [head, body, signature] = token.split('.') as [string, string, string];
    await expectInvalid(`${head}.${body}.${signature.slice(0, -8)}AAAAAAAA`);
    await expectInvalid(`${head}.${body}.`);
    await expectInvalid(`${head}.${encode({ ...jwtPart(token, 1), scope: 'everything' })}.${signature}`);
    await expectInvalid(`${encode({ ...jwtPart(token, 0), alg: 'RS512' })}.${body}.${signature}`);
  });

  it.each(['none', 'None', 'NONE'])('with the algorithm %s is refused', async (alg) => {
    const body = token.split('.')[1];
    await expectInvalid(`${encode({ ...jwtPart(token, 0), alg })}.${body}.`);
  });

  it('signed with the public key as an HMAC secret is refused', async () => {
    const { keys } = (await (await app.fetch('/.well-known/jwks.json')).json()) as JSONWebKeySet;
    const pem = createPublicKey({ key: keys[0] as never, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    const input = `${encode({ ...jwtPart(token, 0), alg: 'HS256' })}.${token.split('.')[1]}`;
    await expectInvalid(`${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`);
  });

  it.each([
    ['under our key id', (kid: string) => ({ alg: 'RS256', typ: 'at+jwt', kid })],
    ['under an unknown key id', () => ({ alg: 'RS256', typ: 'at+jwt', kid: 'unknown' })],
    ['under no key id', () => ({ alg: 'RS256', typ: 'at+jwt' })],
  ])('signed with a key of somebody else %s is refused', async (_which, header) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const parameters = header(jwtPart(token, 0)['kid'] as string);
    const jwk = publicKey.export({ format: 'jwk' });
    for (const more of [{}, { jwk }]) {
      const forged = new SignJWT(jwtPart(token, 1)).setProtectedHeader({ ...parameters, ...more } as never);
      await expectInvalid(await forged.sign(privateKey));
    }
  });

  it.each([
    ['audience', () => ({ audience: `${app.url}/api/admin` })],
    ['issuer', () => ({ issuer: 'https://elsewhere.example' })],
    ['type', () => ({ type: 'JWT' })],
  ])('for another %s is refused, although our key signed it', async (_what, changed) => {
    await expectInvalid(await signed(changed()));
  });

  it('for a client that does not exist, another client\u2019s secret or none is refused', async () => {
    const other = await app.seed.client();
    await expectInvalid(await signed({}, {}, '0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10'));
    await expectInvalid(await signed({}, {}, 'nobody'));
    await expectInvalid(await signed({}, { secret_id: other.secretId }));
    await expectInvalid(await signed({}, { secret_id: undefined }));
    await expectInvalid(await signed({}, { scope: undefined }));
  });

  it('that is not valid yet is refused, but for a minute of skew at most', async () => {
    const now = Math.floor(app.clock.now().getTime() / 1000);
    await expectInvalid(await signed({}, { nbf: now + 61 }));
    expect((await list(await signed({}, { nbf: now - 1 }))).status).toBe(200);
  });

  it('is refused when it is old: an hour, and a minute of skew at most', async () => {
    app.clock.advance(3_590_000);
    expect((await list(token)).status).toBe(200);
    app.clock.advance(71_000);
    await expectInvalid(token, 'The access token expired.');
  });

  it('carries no scope that does not exist, nor the right to more than the client has', async () => {
    const unknown = await list(await signed({}, { scope: 'feedback.read feedback.delete' }));
    expect(unknown.status).toBe(403);
    const writer = await app.seed.client({ permissions: ['feedback:write'] });
    const claims = { client_id: writer.clientId, secret_id: writer.secretId };
    expect((await list(await signed({}, claims, writer.clientId))).status).toBe(403);
  });

  it('of a user opens nothing here, and that of a client nothing of the users', async () => {
    const admin = await AdminClient.signIn(app, client.account.owner);
    await expectInvalid(admin.token);
    const response = await app.fetch('/api/admin/projects', {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
  });
});
