import { DtoPipe } from '../body/dto.pipe.js';
import { instantOf, IsInstant } from './is-instant.js';

class Dto {
  @IsInstant()
  at!: string;
}

const read = async (at: unknown) => new DtoPipe().transform({ at }, { type: 'query', metatype: Dto });

describe('an instant', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2024-02-29T10:30', '2024-02-29T10:30:00.000Z'],
    ['2024-02-29T10:30:15.5', '2024-02-29T10:30:15.500Z'],
    ['2024-02-29T10:30:15Z', '2024-02-29T10:30:15.000Z'],
    ['2024-02-29T10:30:15+05:45', '2024-02-29T04:45:15.000Z'],
    ['2024-02-29T23:30:00-01:00', '2024-03-01T00:30:00.000Z'],
  ])('is read where it lies, in UTC when it does not say so: %s', async (text, iso) => {
    await expect(read(text)).resolves.toEqual({ at: text });
    expect(instantOf(text)?.toISOString()).toBe(iso);
  });

  it.each([
    // Days that are not in the calendar, which JavaScript counts on into the next month.
    '2024-02-30',
    '2023-02-29T10:30:15Z',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-01T25:00:00Z',
    // Spellings of ISO 8601 that JavaScript's Date does not know: weeks, days of the year, no separators.
    '2024-W01-1',
    '2024-060',
    '20240101',
    '2024',
    '2024-01-01 10:00:00',
    'yesterday',
    '',
    1_700_000_000_000,
    null,
  ])('is nothing else: %j', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'invalid' });
  });
});
