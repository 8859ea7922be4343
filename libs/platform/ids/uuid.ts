import { randomFillSync } from 'node:crypto';

/** Randomness is drawn for many ids at once: a draw costs more than all the rest of an id. */
const pool = Buffer.allocUnsafe(10 * 256);
let drawn = pool.length;

/** A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then randomness, so that new ids sort last. */
export function uuidv7(now: number = Date.now()): string {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  pool[drawn] = (pool[drawn]! & 0x0f) | 0x70;
  pool[drawn + 2] = (pool[drawn + 2]! & 0x3f) | 0x80;
  const random = pool.toString('hex', drawn, drawn + 10);
  drawn += 10;
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${random.slice(0, 4)}-${random.slice(4, 8)}-${random.slice(8)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
