import { argon2Sync } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { PasswordHasher } from './password-hasher.js';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();

  it('knows the password again, and no other', async () => {
    const hash = await hasher.hash('correct horse');
    expect(await hasher.verify('correct horse', hash)).toBe(true);
    for (const wrong of ['Correct horse', 'correct horse ', '', 'x'.repeat(1000)]) {
      expect(await hasher.verify(wrong, hash)).toBe(false);
    }
  });

  it('writes argon2id as a PHC string, with its parameters and a salt of its own', async () => {
    const [one, other] = await Promise.all([hasher.hash('same'), hasher.hash('same')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
  });

  it('verifies with the parameters that the hash names, so that they can be raised', async () => {
    const hash = withParameters('password');
    expect(await hasher.verify('password', hash)).toBe(true);
    expect(await hasher.verify('passwore', hash)).toBe(false);
  });

  it('takes a password however its letters are composed', async () => {
    const hash = await hasher.hash('pa\u00e9ss');
    expect(await hasher.verify('pae\u0301ss', hash)).toBe(true);
  });

  it('says no without a hash, after the same work', async () => {
    expect(await hasher.verify('anything', undefined)).toBe(false);
    const took = async (hash: string | undefined): Promise<number> => {
      const start = process.hrtime.bigint();
      await hasher.verify('anything', hash);
      return Number(process.hrtime.bigint() - start);
    };
    const hash = await hasher.hash('other');
    const [without, withHash] = [[], []] as [number[], number[]];
    for (let round = 0; round < 9; round++) {
      without.push(await took(undefined));
      withHash.push(await took(hash));
    }
    const ratio = Math.min(...without) / Math.min(...withHash);
    expect(ratio > 0.5 && ratio < 2).toBe(true);
  });

  it('keeps nobody waiting who needs a thread for a moment, however many passwords are tried', async () => {
    let done = 0;
    const hashes = Array.from({ length: 24 }, () => hasher.hash('guess').then(() => done++));
    await stat('.');
    // Behind all of them, it would have come after twenty.
    expect(done).toBeLessThan(8);
    await Promise.all(hashes);
    expect(done).toBe(24);
  });

  it('throws on what is no hash of its kind', async () => {
    for (const hash of ['', 'plain', '$2b$10$abc', '$argon2i$v=19$m=8,t=1,p=1$a$b']) {
      await expect(hasher.verify('x', hash)).rejects.toThrow('argon2id');
    }
  });
});

/** A hash with other parameters than those that are written today. */
function withParameters(password: string): string {
  const nonce = Buffer.from('somesaltsomesalt');
  const tag = argon2Sync('argon2id', {
    message: Buffer.from(password),
    nonce,
    memory: 1024,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=1024,t=1,p=1$${b64(nonce)}$${b64(tag)}`;
}
