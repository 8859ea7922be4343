import { isInstant } from '#libs/platform/clock/instant.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';

/** One page of a list; `next` asks for the one behind it and is null on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface PageRequest {
  /** 1..200 */
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
}

export const MAX_PAGE = 200;
export const DEFAULT_PAGE = 50;

/**
 * Cuts a page out of `limit + 1` rows: the row too many only tells that there is a next page.
 * @param position what the next page starts after, taken from the last row of this one
 */
export function toPage<T>(
  rows: readonly T[],
  limit: number,
  position: (last: T) => readonly unknown[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null;
  return { items, next };
}

function encodeCursor(position: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * The position inside a cursor, or undefined without one.
 * @param fits says whether the position is one that this list makes
 * @throws DomainError invalid
 */
export function decodeCursor<P extends readonly unknown[]>(
  cursor: string | undefined,
  fits: (position: readonly unknown[]) => position is P,
): P | undefined {
  if (cursor === undefined) return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(position) && fits(position)) return position;
  } catch {
    // Falls through: whatever does not parse is no cursor of ours.
  }
  throw new DomainError('invalid', 'cursor', 'The cursor is not one that this list made.', {
    violations: [{ field: 'cursor', message: 'The cursor is not one that this list made.' }],
  });
}

/** Whether a position is one of a list that goes by time and, within it, by number. */
export function isTimeAndId(position: readonly unknown[]): position is [number, number] {
  const [time, id] = position;
  return position.length === 2 && isInstant(time) && Number.isSafeInteger(id) && (id as number) >= 0;
}
