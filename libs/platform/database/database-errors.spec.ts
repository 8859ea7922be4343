import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { databaseIsDown, sqlState, unavailableWhenDown, violatedConstraint } from './database-errors.js';

function driverError(code: string, more: object = {}): Error {
  return Object.assign(new Error('from the driver'), { code, ...more });
}

describe('database errors', () => {
  it.each([
    ['a refused connection', driverError('ECONNREFUSED')],
    ['a shutdown', driverError('57P01')],
    ['a recovery', driverError('57P03')],
    ['a full disk', driverError('53100')],
    ['a lock that was waited for too long', driverError('55P03')],
    ['a statement that took too long', driverError('57014')],
    ['a deadlock', driverError('40P01')],
    ['a broken connection', new Error('Connection terminated unexpectedly')],
    // Found by the fault suite: the connection broke between two statements of a transaction.
    ['a connection lost inside a transaction', new QueryRunnerAlreadyReleasedError()],
    ['the same, wrapped by TypeORM', new QueryFailedError('select 1', [], driverError('57P01'))],
  ])('says that the database is down after %s', (_, error) => {
    expect(databaseIsDown(error)).toBe(true);
    expect(unavailableWhenDown(error)).toMatchObject({ code: 'unavailable', details: { retryAfter: 1 } });
  });

  it.each([
    ['data at fault', driverError('22001')],
    ['a broken constraint', driverError('23505')],
    ['a mistake of ours', new TypeError('x is not a function')],
    ['a refusal', new DomainError('conflict', 'x', 'No.')],
  ])('leaves %s as it is', (_, error) => {
    expect(databaseIsDown(error)).toBe(false);
    expect(unavailableWhenDown(error)).toBe(error);
  });

  it('reads state and constraint through the wrapping', () => {
    const error = new QueryFailedError('insert', [], driverError('23505', { constraint: 'a_key' }));
    expect(sqlState(error)).toBe('23505');
    expect(violatedConstraint(error)).toBe('a_key');
  });
});
