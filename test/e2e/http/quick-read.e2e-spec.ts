import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate } from 'class-validator';
import fc from 'fast-check';
import { quickReadOf } from '#apps/api/src/http/body/quick-read.js';
import { ContentKey } from '#apps/api/src/dialects/feelback/dto/content.dto.js';
import { NewFeelbackById, NewFeelbackByKey } from '#apps/api/src/dialects/feelback/dto/feelback.dto.js';
import { CreateFeedbackBody } from '#apps/api/src/dialects/insider-connect/dto/create-feedback.dto.js';
import { DIALECT_MODULES } from '#apps/api/src/dialects/dialects.js';

const ID = '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10';

/** What members of any DTO might be sent: some of it is right for some member of some class. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    ' ',
    'a',
    '+',
    'y',
    'active',
    'ACTIVE',
    'month',
    'name_2',
    'Europe/Vienna',
    '2026-02-28',
    '2026-02-30',
    '2026-02-28T12:00:00Z',
    'user@example.com',
    'https://example.com/a?b=c',
    ID,
    'x'.repeat(256),
    '🦉'.repeat(1024),
    0,
    1,
    -1,
    1.5,
    10,
    1e15,
    Number.NaN,
    true,
    false,
    null,
    undefined,
    [],
    ['a'],
    [1],
    {},
    { a: 1 },
  ),
  fc.string({ maxLength: 12 }),
  fc.integer(),
);

/** What the pipe asked of the libraries before there was anything quicker. */
async function byTheLibraries(type: ClassConstructor<object>, given: object): Promise<object | undefined> {
  const dto = plainToInstance(type, given, { exposeDefaultValues: true });
  const errors = await validate(dto, { whitelist: true, stopAtFirstError: true, forbidUnknownValues: false });
  return errors.length === 0 ? dto : undefined;
}

interface Storage {
  readonly validationMetadatas: ReadonlyMap<ClassConstructor<object>, readonly { propertyName: string }[]>;
}

/** Every class with rules that the dialects' controllers have brought along, with the names of its members. */
function dtos(): [string, ClassConstructor<object>, string[]][] {
  expect(DIALECT_MODULES.length).toBeGreaterThan(0);
  const { validationMetadatas } = getMetadataStorage() as unknown as Storage;
  return [...validationMetadatas.keys()]
    .filter((type) => !type.name.startsWith('Environment'))
    .map((type) => {
      const all = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
      return [type.name, type, [...new Set(all.map(({ propertyName }) => propertyName))]];
    });
}

describe('reading a DTO quickly', () => {
  it('makes of everything what the libraries make of it, or leaves it to them', async () => {
    let quickly = 0;
    for (const [, type, members] of dtos()) {
      const read = quickReadOf(type);
      if (!read) continue;
      const names = fc.constantFrom(...members, 'unknown', 'toString');
      await fc.assert(
        fc.asyncProperty(fc.dictionary(names, value, { maxKeys: members.length + 2 }), async (given) => {
          const dto = read(given);
          if (dto === undefined) return;
          quickly++;
          const expected = await byTheLibraries(type, given);
          expect(dto).toStrictEqual(expected);
          expect(Object.keys(dto).sort()).toEqual(Object.keys(expected!).sort());
        }),
        { numRuns: 60 },
      );
    }
    expect(quickly).toBeGreaterThan(500);
  });

  it.each<[ClassConstructor<object>, Record<string, unknown>]>([
    [NewFeelbackByKey, { contentSetId: ID, key: '/a', value: 'heart' }],
    [NewFeelbackById, { contentId: ID, value: 3 }],
    [ContentKey, { contentSetId: ID, key: '/a', more: 1 }],
    [
      CreateFeedbackBody,
      { submittedByEmail: ' user@example.com', contactConsent: true, description: 'Good.' },
    ],
  ])('does not need them for the bodies that come most: %p', (type, body) => {
    expect(quickReadOf(type)!(body)).toBeInstanceOf(type);
  });

  it.each([
    { key: '' },
    { key: 1 },
    { value: undefined },
    { value: {} },
    { revokable: 'x' },
    { context: {} },
  ])('leaves what is wrong or an object to them: %j', (change) => {
    const read = quickReadOf(NewFeelbackByKey)!;
    const good = { contentSetId: 'a', key: 'b', value: 1 };
    expect([read(good), read({ ...good, ...change })]).toEqual([expect.objectContaining(good), undefined]);
  });

  it('leaves classes with nested ones to them', () => {
    expect(dtos().some(([, type]) => quickReadOf(type) === undefined)).toBe(true);
  });
});
