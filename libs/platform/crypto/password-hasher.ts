import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Turns } from '#libs/platform/turns/turns.js';

const derive = promisify(argon2);

/** OWASP's parameters for argon2id: 19 MiB, 2 passes, 1 lane; about 25 ms. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;
/**
 * Hashes at a time. Each holds a thread of the four that also read and write files, sign and verify tokens: however
 * many try passwords, those go on.
 */
const AT_ONCE = 2;

/** Hashes of human passwords, in the PHC string format of argon2id (`$argon2id$v=19$m=..,t=..,p=..$salt$hash`). */
export class PasswordHasher {
  private dummy: Promise<string> | undefined;
  private readonly turns = new Turns(AT_ONCE);

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const tag = await this.derive(password, salt, MEMORY_KIB, PASSES, LANES);
    return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${b64(salt)}$${b64(tag)}`;
  }

  /** False for a wrong password. Without a hash (no such user) the same work is done, and the answer is false. */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const subject = hash ?? (await (this.dummy ??= this.hash(randomBytes(16).toString('hex'))));
    const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(subject);
    if (!parts) throw new Error('Not an argon2id hash in the PHC format.');
    const [, memory, passes, lanes, salt, expected] = parts as unknown as [string, ...string[]];
    const tag = await this.derive(
      password,
      Buffer.from(salt!, 'base64'),
      Number(memory),
      Number(passes),
      Number(lanes),
    );
    const matches = timingSafeEqual(tag, Buffer.from(expected!, 'base64'));
    return matches && hash !== undefined;
  }

  private derive(
    password: string,
    nonce: Buffer,
    memory: number,
    passes: number,
    parallelism: number,
  ): Promise<Buffer> {
    const message = Buffer.from(password.normalize('NFKC'));
    return this.turns.take(() =>
      derive('argon2id', { message, nonce, memory, passes, parallelism, tagLength: TAG_BYTES }),
    );
  }
}

function b64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
