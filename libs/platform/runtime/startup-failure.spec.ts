import { StartupError } from '#libs/platform/errors/startup-error.js';
import { startupFailure } from './startup-failure.js';

const failure = (members: object, message = 'what the driver says') =>
  Object.assign(new Error(message), members);

describe('startupFailure', () => {
  it.each([
    [failure({ code: '53300' }), 'The database has no connection left'],
    [failure({ code: '57P03' }), 'The database is starting or stopping'],
    [
      failure({ code: '42501' }, 'permission denied for table x'),
      'lacks a right (permission denied for table x)',
    ],
    [failure({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'is not trusted (SELF_SIGNED_CERT_IN_CHAIN)'],
    [failure({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), 'The certificate of the database is not trusted'],
    [failure({ code: 'ECONNRESET' }), 'does not answer like a PostgreSQL'],
    [failure({}, 'timeout exceeded when trying to connect'), 'does not answer like a PostgreSQL'],
    [failure({ code: 'EACCES', port: 80 }), 'may not listen on port 80'],
    [failure({ code: 'EADDRNOTAVAIL', address: '10.9.8.7' }), 'This machine has no address 10.9.8.7'],
    [failure({ code: 'ENOSPC', path: '/data/x' }), '/data/x cannot be used (ENOSPC)'],
    [failure({ driverError: { code: '3D000' } }), 'does not exist: create it first'],
    [failure({ errors: [{ code: 'ECONNREFUSED', address: '::1', port: 5 }] }), 'does not answer at ::1:5'],
    [new StartupError('As it is.'), 'As it is.'],
  ])('says what to do about %s', (error, sentence) => {
    const said = startupFailure(error);
    expect(said).toContain(sentence);
    expect(said).toMatch(/^[^\n]+\.$/);
  });

  it('names the variable that holds the address in question', () => {
    expect(startupFailure(failure({ code: '28P01' }), 'MIGRATION_DATABASE_URL')).toContain(
      'the password in MIGRATION_DATABASE_URL.',
    );
  });

  it.each([
    new TypeError('x is not a function'),
    failure({ code: '42601' }),
    failure({ code: 'EACCES' }),
    undefined,
  ])('says nothing of %s, which is a fault of ours', (error) =>
    expect(startupFailure(error)).toBeUndefined(),
  );
});
