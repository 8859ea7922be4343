import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { SigningKeysService } from '#libs/auth/tokens/signing-keys.service.js';
import { AdminClient } from '#test/support/admin.js';
import { tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';
import { forgeries } from '#test/support/tokens.js';

describe('a forged token', () => {
  const app = testApp();
  let tokens: { user: string; client: string };
  const DOORS = { user: '/api/auth/me', client: '/api/client/feedbacks' } as const;

  beforeAll(async () => {
    const account = await app.seed.account();
    tokens = {
      user: (await AdminClient.signIn(app, account.owner)).token,
      client: await tokenOf(app, await app.seed.client({ account })),
    };
  });

  it.each(['user', 'client'] as const)('of a %s is refused, whatever is forged', async (kind) => {
    expect((await knock(DOORS[kind], tokens[kind])).status).toBe(200);
    for (const [what, forged] of Object.entries(await forgeries(app, tokens[kind]))) {
      const response = await knock(DOORS[kind], forged);
      expect([what, response.status]).toEqual([what, 401]);
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    }
  });

  it('does not turn one kind into the other, though it is signed by us', async () => {
    const { key } = await app.server.app.get(SigningKeysService).signing();
    const [user, client] = [tokens.user, tokens.client].map((token) => ({
      header: decodeProtectedHeader(token),
      claims: decodeJwt(token),
    })) as [Parts, Parts];
    const sign = (header: Parts['header'], claims: Parts['claims']) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header } as never).sign(key);
    const refused = [
      [DOORS.client, tokens.user],
      [DOORS.user, tokens.client],
      [DOORS.client, await sign(user.header, { ...user.claims, aud: client.claims.aud! })],
      [DOORS.client, await sign(client.header, user.claims)],
      [DOORS.client, await sign(client.header, { ...user.claims, aud: client.claims.aud! })],
      [DOORS.user, await sign(client.header, { ...client.claims, aud: user.claims.aud! })],
      [DOORS.user, await sign(user.header, client.claims)],
      [DOORS.user, await sign(user.header, { ...client.claims, aud: user.claims.aud! })],
      [
        DOORS.user,
        await sign(user.header, { ...client.claims, aud: user.claims.aud!, pwd: user.claims['pwd'] }),
      ],
      [DOORS.client, await sign(client.header, { ...client.claims, secret_id: undefined })],
      [DOORS.client, await sign(client.header, { ...client.claims, secret_id: user.claims.sub })],
      [DOORS.client, await sign(client.header, { ...client.claims, scope: ['feedback.read'] })],
    ] as const;
    for (const [door, token] of refused) expect((await knock(door, token)).status).toBe(401);
  });

  it('with a scope beyond what its client is allowed opens no more than that', async () => {
    const narrow = await app.seed.client({ permissions: ['feedback:read'] });
    const token = await tokenOf(app, narrow);
    const { key } = await app.server.app.get(SigningKeysService).signing();
    const wider = await new SignJWT({ ...decodeJwt(token), scope: 'feedback.read feedback.write' })
      .setProtectedHeader(decodeProtectedHeader(token) as never)
      .sign(key);
    expect((await knock(DOORS.client, wider)).status).toBe(200);
    const response = await app.fetch('/api/client/feedbacks', {
      method: 'POST',
      headers: { Authorization: `Bearer ${wider}` },
    });
    expect(response.status).toBe(403);
  });

  it('is told apart from an expired one by its description alone', async () => {
    const forged = await forgeries(app, tokens.user);
    const expired = await knock(DOORS.user, forged['expired']!);
    const garbage = await knock(DOORS.user, 'garbage');
    expect(expired.headers.get('www-authenticate')).toContain('The access token expired.');
    expect(garbage.headers.get('www-authenticate')).toContain('The access token is not valid.');
  });

  function knock(door: string, token: string): Promise<Response> {
    return app.fetch(door, { headers: { Authorization: `Bearer ${token}` } });
  }
});

interface Parts {
  readonly header: ReturnType<typeof decodeProtectedHeader>;
  readonly claims: ReturnType<typeof decodeJwt>;
}
