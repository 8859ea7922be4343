import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import { SigningKeysService } from '#libs/auth/tokens/signing-keys.service.js';
import type { TestApp } from './test-app.js';

/** Tokens that look like `token` and must not pass, by what is wrong with them. */
export async function forgeries(app: TestApp, token: string): Promise<Record<string, string>> {
  const { kid, typ } = decodeProtectedHeader(token) as { kid: string; typ: string };
  const claims = decodeJwt(token);
  const { key } = await app.server.app.get(SigningKeysService).signing();
  const publicKey = createPublicKey(key);
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const sign = (
    with_: KeyObject | Buffer,
    header: Record<string, unknown> = {},
    changes: Record<string, unknown> = {},
  ) =>
    new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: 'RS256', kid, typ, ...header })
      .sign(with_);
  const [head, body, signature] = token.split('.') as [string, string, string];
  const now = Math.floor(Date.now() / 1000);
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const { n } = publicKey.export({ format: 'jwk' });
  return {
    'unsigned (alg none)': new UnsecuredJWT(claims).encode(),
    'unsigned, with the type and key id of a good one': `${b64({ alg: 'none', kid, typ })}.${body}.`,
    'signed by HMAC with the public key (PEM)': await sign(Buffer.from(pem), { alg: 'HS256' }),
    'signed by HMAC with the public key (modulus)': await sign(Buffer.from(n!, 'base64url'), {
      alg: 'HS256',
    }),
    'signed by a stranger under our key id': await sign(stranger.privateKey),
    'signed by a stranger who brings the key along': await sign(stranger.privateKey, {
      jwk: stranger.publicKey.export({ format: 'jwk' }),
    }),
    'signed under an unknown key id': await sign(key, { kid: 'unknown' }),
    'signed under no key id': await sign(key, { kid: undefined }),
    'signed by another algorithm': await sign(key, { alg: 'RS512' }),
    'of another type': await sign(key, { typ: 'JWT' }),
    'of no type': await sign(key, { typ: undefined }),
    'for another audience': await sign(key, {}, { aud: 'https://elsewhere.example/api' }),
    'for no audience': await sign(key, {}, { aud: undefined }),
    'of another issuer': await sign(key, {}, { iss: 'https://elsewhere.example' }),
    expired: await sign(key, {}, { iat: now - 7200, exp: now - 60 }),
    'without an expiry': await sign(key, {}, { exp: undefined }),
    'not valid yet': await sign(key, {}, { nbf: now + 600 }),
    'without a subject': await sign(key, {}, { sub: undefined }),
    'of somebody unknown': await sign(key, {}, { sub: '00000000-0000-7000-8000-000000000000' }),
    'of a subject that is no id': await sign(key, {}, { sub: "' or 1=1 --" }),
    'with a changed body': `${head}.${b64({ ...claims, admin: true })}.${signature}`,
    'without its signature': `${head}.${body}.`,
    'cut off': token.slice(0, -8),
    'no token at all': 'garbage',
  };
}

function b64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
