import { decodeCursor, toPage } from './page.js';

const isId = (position: readonly unknown[]): position is [number] => Number.isSafeInteger(position[0]);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a page', () => {
  it('holds what was asked for and says where the next one starts', () => {
    const page = toPage([1, 2, 3], 2, (last) => [last]);
    expect(page.items).toEqual([1, 2]);
    expect(decodeCursor(page.next!, isId)).toEqual([2]);
  });

  it.each([[[]], [[1]], [[1, 2]]])('is the last one when no row is too many (%j)', (rows) => {
    expect(toPage(rows, 2, (last) => [last])).toEqual({ items: rows, next: null });
  });

  it('gives a cursor that can stand in an address as it is', () => {
    const { next } = toPage(['ü?&/+=', 'b'], 1, (last) => [last, 1]);
    expect(next).toBe(encodeURIComponent(next!));
  });
});

describe('decodeCursor', () => {
  it('has no position without a cursor', () => {
    expect(decodeCursor(undefined, isId)).toBeUndefined();
  });

  it.each([
    '',
    'garbage',
    '!!!',
    encode(null),
    encode({}),
    encode('x'),
    encode([]),
    encode(['x']),
    encode([null]),
    encode([1.5]),
    encode({ 0: 1, length: 1 }),
    encode([Number.MAX_SAFE_INTEGER + 1]),
  ])('refuses a cursor that no list made (%s)', (cursor) => {
    expect(() => decodeCursor(cursor, isId)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        details: { violations: [{ field: 'cursor', message: expect.any(String) }] },
      }),
    );
  });
});
