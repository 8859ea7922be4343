import { randomSecret } from './secrets.js';

describe('a random secret', () => {
  it('has a prefix and 256 bits of its own, however many are made', () => {
    const made = Array.from({ length: 1_000 }, () => randomSecret('test'));
    expect(new Set(made).size).toBe(made.length);
    for (const secret of made) {
      expect(secret).toMatch(/^test_[\w-]{43}$/);
      const bytes = Buffer.from(secret.slice(5), 'base64url');
      // What had been wiped, or was never filled, would be zeros.
      expect([bytes.length, bytes.subarray(0, 8).every((byte) => byte === 0)]).toEqual([32, false]);
    }
  });
});
