import { SecretBox } from './secret-box.js';

describe('SecretBox', () => {
  const box = new SecretBox(Buffer.alloc(32, 1));

  it.each(['', 'a secret', '😀'.repeat(1000)])('opens what it sealed', (plain) => {
    expect(box.open(box.seal(plain, 'here'), 'here')).toBe(plain);
  });

  it('seals the same differently each time, and shows nothing of it', () => {
    const [one, other] = [box.seal('a secret', 'here'), box.seal('a secret', 'here')];
    expect(one.equals(other)).toBe(false);
    expect(one.toString('latin1')).not.toContain('secret');
  });

  it('does not open in another place, nor with another key', () => {
    const sealed = box.seal('a secret', 'here');
    expect(() => box.open(sealed, 'there')).toThrow();
    expect(() => new SecretBox(Buffer.alloc(32, 2)).open(sealed, 'here')).toThrow();
  });

  it('does not open what was changed, cut off or made up', () => {
    const sealed = box.seal('a secret', 'here');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => box.open(changed, 'here')).toThrow();
      expect(() => box.open(sealed.subarray(0, at), 'here')).toThrow();
    }
  });
});
