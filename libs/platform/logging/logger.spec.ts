import { QueryFailedError } from 'typeorm';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { describeError } from './logger.js';

const EMAIL = 'person@example.com';

/** An error as the driver of PostgreSQL makes it, wrapped as TypeORM does. */
function databaseError(code: string, message: string): Error {
  const driver = Object.assign(new Error(message), {
    code,
    detail: `Key (email)=(${EMAIL}) already exists.`,
    where: EMAIL,
    hint: EMAIL,
  });
  return new QueryFailedError(`insert into account_user values ('${EMAIL}')`, [EMAIL], driver);
}

describe('describeError', () => {
  it('keeps type, code, message and stack', () => {
    const error = Object.assign(new TypeError('It broke.'), { code: 'E_BROKEN' });
    expect(describeError(error)).toEqual({
      type: 'TypeError',
      message: 'It broke.',
      code: 'E_BROKEN',
      stack: expect.stringMatching(/^\s+at .*logger\.spec/),
    });
  });

  it.each([
    ['23505', 'duplicate key value violates unique constraint "account_user_email_key"'],
    ['22P02', `invalid input syntax for type json: "${EMAIL}"`],
    ['22001', `value too long: ${EMAIL}`],
    ['23514', `new row for relation violates check: ${EMAIL}`],
  ])('keeps no value of a data error of the database (%s)', (code, message) => {
    const text = JSON.stringify(describeError(databaseError(code, message)));
    expect(text).toContain(code);
    expect(text).not.toContain(EMAIL);
  });

  it('keeps neither the statement nor its parameters', () => {
    const text = JSON.stringify(describeError(databaseError('57014', 'canceling statement due to timeout')));
    expect(text).toContain('canceling statement due to timeout');
    expect(text).not.toMatch(/insert into|person@/);
  });

  it('looks at every cause the same way', () => {
    const error = new DomainError(
      'internal',
      'request',
      'Something went wrong.',
      {},
      databaseError('22001', EMAIL),
    );
    expect(describeError(error)).toMatchObject({
      type: 'DomainError',
      message: 'Something went wrong.',
      cause: { code: '22001', message: 'data error' },
    });
  });

  it('does not take lines of the message for the stack', () => {
    const error = new Error(`First line\n    at ${EMAIL}\nlast line`);
    const { stack } = describeError(error) as { stack: string };
    expect(stack).not.toContain(EMAIL);
  });

  it('does not follow causes in a circle', () => {
    const error = new Error('Round');
    error.cause = new Error('and round', { cause: error });
    expect(JSON.stringify(describeError(error)).length).toBeLessThan(20_000);
  });

  it('says of what is no error only what it is', () => {
    expect(describeError({ email: EMAIL })).toBe('[object Object]');
    expect(describeError(null)).toBe('null');
  });
});
