import { randomFillSync } from 'node:crypto';

/** Randomness is drawn for many ids at once: a draw costs more than all the rest of an id. */
const pool = Buffer.allocUnsafe(6 * 256);
let drawn = pool.length;

const LARGEST_PROJECT = 0xffff_ffff;
const LATEST = 2 ** 48 - 1;

/**
 * A UUID of version 8 (RFC 9562): 48 bits of milliseconds, 42 of randomness, 32 of the project's number. New ids sort
 * last, and a bare id tells which project to look in; it says nothing about who may.
 * @throws RangeError for a project or a moment that does not fit
 */
export function projectUuid(projectId: number, now: number): string {
  if (!Number.isInteger(projectId) || projectId < 0 || projectId > LARGEST_PROJECT)
    throw new RangeError('The number of the project does not fit into an id.');
  if (!Number.isInteger(now) || now < 0 || now > LATEST)
    throw new RangeError('The moment does not fit into an id.');
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  pool[drawn] = (pool[drawn]! & 0x0f) | 0x80;
  pool[drawn + 2] = (pool[drawn + 2]! & 0x3f) | 0x80;
  const random = pool.toString('hex', drawn, drawn + 6);
  drawn += 6;
  const time = now.toString(16).padStart(12, '0');
  const project = projectId.toString(16).padStart(8, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${random.slice(0, 4)}-${random.slice(4, 8)}-${random.slice(8)}${project}`;
}

const PROJECT_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The project that an id names; undefined for what no `projectUuid` made. */
export function projectOf(id: string): number | undefined {
  return PROJECT_UUID.test(id) ? Number.parseInt(id.slice(28), 16) : undefined;
}
