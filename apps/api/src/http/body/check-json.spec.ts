import fc from 'fast-check';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { checkJson } from './check-json.js';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('checkJson', () => {
  it.each([
    ['NUL', { a: ['\0'] }, 'The request body has a NUL character.'],
    ['NUL in a name', { 'a\0': 1 }, 'The request body has a NUL character.'],
    ['a lone surrogate', '\ud83d', 'The request body has text that is not well-formed Unicode.'],
    [
      'a number beyond a double',
      { a: JSON.parse('1e400') as number },
      'The request body has a number that is out of range.',
    ],
    ['33 levels', nested(33), 'The request body is nested deeper than 32 levels.'],
  ])('refuses %s', (_, value, message) => {
    expect(() => checkJson(value)).toThrow(new DomainError('invalid', 'body', message));
  });

  it('takes 32 levels, of lists and of objects', () => {
    expect(() => checkJson(nested(32))).not.toThrow();
    expect(() => checkJson(JSON.parse('{"n":'.repeat(31) + '{}' + '}'.repeat(31)))).not.toThrow();
  });

  it('drops members that could reach a prototype, at every level', () => {
    const evil = '{"__proto__":{"x":1},"constructor":{"x":1},"prototype":{"x":1},"kept":1}';
    const value = JSON.parse(`{"deep":[${evil}],"__proto__":{"x":1}}`) as object;
    checkJson(value);
    expect(JSON.stringify(value)).toBe('{"deep":[{"kept":1}]}');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('does not look into what it drops', () => {
    expect(() => checkJson(JSON.parse('{"__proto__":{"a":"\\u0000"}}'))).not.toThrow();
  });

  it('takes everything else as it is, or refuses it as invalid', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary', maxDepth: 40 }), (text) => {
        // What is dropped has tests of its own, above.
        fc.pre(!/"(__proto__|constructor|prototype)"/.test(text));
        const value: unknown = JSON.parse(text);
        try {
          checkJson(value);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid' });
          return;
        }
        expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 300 },
    );
  });
});
