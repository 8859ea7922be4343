import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, MinLength, ValidateNested } from 'class-validator';
import type { DomainError } from '#libs/platform/errors/domain-error.js';
import { DtoPipe } from './dto.pipe.js';

class Inner {
  @IsInt()
  n!: number;
}

class Dto {
  @MinLength(2)
  @IsString()
  name!: string;

  @ValidateNested({ each: true })
  @Type(() => Inner)
  @IsOptional()
  items?: Inner[];

  @IsString()
  zone: string = 'UTC';
}

describe('DtoPipe', () => {
  const pipe = new DtoPipe();
  const body = async (value: unknown) => pipe.transform(value, { type: 'body', metatype: Dto });
  const failure = (value: unknown) =>
    body(value).then(undefined, (error: DomainError) => error) as Promise<DomainError>;

  it('makes the DTO, fills in defaults and drops what it does not know', async () => {
    const dto = await body({ name: 'ab', items: [{ n: 1, more: 2 }], more: 3, zone: undefined });
    expect(dto).toBeInstanceOf(Dto);
    expect(dto).toEqual({ name: 'ab', items: [{ n: 1 }], zone: 'UTC' });
  });

  it('coerces nothing', async () => {
    const { details } = await failure({ name: 12, items: [{ n: '1' }], zone: null });
    expect(details.violations!.map(({ field }) => field)).toEqual(['name', 'items.0.n', 'zone']);
  });

  it('reports one broken rule a member, in the order of the members, as the message too', async () => {
    const error = await failure({ zone: 1 });
    expect(error).toMatchObject({ code: 'invalid', subject: 'body' });
    expect(error.details.violations).toEqual([
      { field: 'name', message: 'name must be a string' },
      { field: 'zone', message: 'zone must be a string' },
    ]);
    expect(error.message).toBe('name must be a string; zone must be a string');
  });

  it('never repeats a value that was sent', async () => {
    const error = await failure({ name: 's', items: [{ n: 'person@example.com' }] });
    expect(JSON.stringify([error.message, error.details])).not.toContain('person@');
  });

  it.each([null, undefined, 1, 'x', true, [], [{ name: 'ab' }]])(
    'refuses a body that is no object: %j',
    async (value) => {
      expect(await failure(value)).toMatchObject({
        code: 'invalid',
        message: 'The request body must be a JSON object.',
      });
    },
  );

  it.each(['toString', '__proto__', 'constructor'])('takes a member %s for unknown', async (member) => {
    const dto = await body(JSON.parse(`{"name":"ab","${member}":{"zone":"evil"}}`));
    expect(Object.keys(dto as object).sort()).toEqual(expect.not.arrayContaining([member]));
    expect((dto as Dto).zone).toBe('UTC');
  });

  it.each([
    ['a parameter of the path', 'param', String],
    ['what a decorator of ours makes', 'custom', Dto],
    ['a body without a class', 'body', Object],
  ] as const)('leaves %s alone', async (_, type, metatype) => {
    const value = { anything: 1 };
    expect(await pipe.transform(value, { type, metatype })).toBe(value);
  });
});
