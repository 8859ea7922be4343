import { EARLIEST, isInstant, LATEST, parseInstant, parseIsoInstant } from './instant.js';

describe('parseInstant', () => {
  it.each([
    ['2024-03-07', '2024-03-07T00:00:00.000Z'],
    ['2024', '2024-01-01T00:00:00.000Z'],
    ['2024-03-07T10:00', '2024-03-07T10:00:00.000Z'],
    ['2024-03-07 10:00:00.5', '2024-03-07T10:00:00.500Z'],
    ['2024-03-07T10:00+0900', '2024-03-07T01:00:00.000Z'],
    ['2024-03-07T10:00:00-05:00', '2024-03-07T15:00:00.000Z'],
    ['7 Mar 2024 10:00 PST', '2024-03-07T18:00:00.000Z'],
    ['Thu Mar 07 2024 10:00:00 GMT+0900 (Japan Standard Time)', '2024-03-07T01:00:00.000Z'],
    ['3-7-2024', '2024-03-07T00:00:00.000Z'],
  ])('reads %s as %s, wherever this runs', (text, iso) => {
    expect(new Date(parseInstant(text)!).toISOString()).toBe(iso);
  });

  it.each(['', 'soon', '2024-13-01', '+999999-01-01'])('does not read %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('parseIsoInstant', () => {
  it.each(['2024', '3-7-2024', '2024-W10', '20240307', '2024-03-07T10', '2024-03-07 10:00', '+002024-03-07'])(
    'does not read %j, which is written otherwise',
    (text) => {
      expect(parseIsoInstant(text)).toBeUndefined();
    },
  );

  it('reads a time without an offset as UTC', () => {
    expect(parseIsoInstant('2024-03-07T10:00')).toBe(parseIsoInstant('2024-03-07T12:00+0200'));
  });
});

describe('isInstant', () => {
  it.each([
    [EARLIEST, true],
    [EARLIEST - 1, false],
    [LATEST, true],
    [LATEST + 1, false],
    [0.5, false],
    ['0', false],
    [undefined, false],
  ])('of %j is %s', (value, expected) => {
    expect(isInstant(value)).toBe(expected);
  });

  it('knows the years that both write with four digits', () => {
    expect([EARLIEST, LATEST].map((bound) => new Date(bound).toISOString())).toEqual([
      '0001-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
    ]);
  });
});
