import { LinkSigner } from './link-signer.js';

describe('LinkSigner', () => {
  const signer = new LinkSigner(Buffer.alloc(32, 1));
  const now = new Date('2026-01-01T00:00:00Z');
  const expires = now.getTime() / 1000 + 10;
  const signature = signer.sign('PUT /a', expires);

  it('knows its own signature until the second that it names', () => {
    expect(signer.verify('PUT /a', expires, signature, now)).toBe(true);
    expect(signer.verify('PUT /a', expires, signature, new Date(expires * 1000 - 1))).toBe(true);
    expect(signer.verify('PUT /a', expires, signature, new Date(expires * 1000))).toBe(false);
  });

  it.each([
    ['another thing', 'PUT /b', expires, signature],
    ['a later end', 'PUT /a', expires + 1, signature],
    ['no signature', 'PUT /a', expires, ''],
    ['a cut signature', 'PUT /a', expires, signature.slice(0, -2)],
    ['no number', 'PUT /a', Number.NaN, signature],
  ])('refuses %s', (_, what, until, given) => {
    expect(signer.verify(what, until, given, now)).toBe(false);
  });

  it('of another deployment signs otherwise', () => {
    const other = new LinkSigner(Buffer.alloc(32, 2));
    expect(other.verify('PUT /a', expires, signature, now)).toBe(false);
  });
});
