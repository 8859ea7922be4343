import { StartupError } from '#libs/platform/errors/startup-error.js';
import { loadEnvironment } from './load-environment.js';

/** A value for each variable that is wrong, and would be a pity to see in a log. */
const WRONG: Record<string, string> = {
  NODE_ENV: 'secret-env',
  PORT: '70000',
  DATABASE_URL: 'mysql://user:hunter2@db/x',
  MIGRATION_DATABASE_URL: 'hunter2',
  MIGRATE_ON_START: 'hunter2',
  DATABASE_POOL_SIZE: '1',
  STATEMENT_TIMEOUT_MS: '99',
  CHORUS_DEMO: '1',
  CHORUS_SECRET_KEY: 'hunter2',
  PUBLIC_URL: 'ftp://hunter2.example',
  CORS_ORIGINS: 'hunter2.example',
  LOG_LEVEL: 'hunter2',
  METRICS_TOKEN: 'hunter2',
  WORKER: 'yes',
  RATE_LIMIT_ANONYMOUS: '-1',
  RATE_LIMIT_CREDENTIAL: 'hunter2',
  STRIP_IMAGE_METADATA: 'hunter2',
  KEEP_ADDRESSES: 'hunter2',
  STORAGE: 'hunter2',
  S3_ENDPOINT: 'hunter2 x',
  S3_FORCE_PATH_STYLE: 'hunter2',
  SHUTDOWN_SECONDS: '0',
};

const sentence = (source: NodeJS.ProcessEnv): string => {
  try {
    loadEnvironment(source);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as StartupError).message;
  }
  return '';
};

describe('loadEnvironment', () => {
  it('has a default for everything', () => {
    expect(loadEnvironment({})).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      WORKER: true,
      CHORUS_DEMO: false,
    });
    expect(loadEnvironment({}).DATABASE_URL).toBeUndefined();
  });

  it('takes an empty variable for one that is not set', () => {
    const empty = Object.fromEntries(Object.keys(WRONG).map((name) => [name, '']));
    expect(loadEnvironment(empty)).toEqual(loadEnvironment({}));
  });

  it.each(Object.entries(WRONG))('names %s when it is wrong, and not its value', (name, value) => {
    const message = sentence({ [name]: value });
    expect(message).toMatch(new RegExp(`^The configuration is not valid: ${name} `));
    expect(message).not.toContain(value);
    expect(message).not.toContain('hunter2');
  });

  it('names every variable that is wrong at once, once each', () => {
    const message = sentence(WRONG);
    for (const name of Object.keys(WRONG)) {
      expect([name, message.split(new RegExp(`\\b${name}\\b`)).length - 1]).toEqual([name, 1]);
    }
    expect(message).not.toContain('hunter2');
  });

  it('reads numbers and truth by their words', () => {
    const read = loadEnvironment({
      PORT: '0',
      WORKER: 'false',
      CHORUS_DEMO: 'true',
      RATE_LIMIT_ANONYMOUS: '0',
    });
    expect(read).toMatchObject({ PORT: 0, WORKER: false, CHORUS_DEMO: true, RATE_LIMIT_ANONYMOUS: 0 });
  });

  it.each(['https://a.example', 'http://localhost:5173', 'https://a.example, https://b.example:8443'])(
    'takes the origins %s',
    (origins) => {
      expect(loadEnvironment({ CORS_ORIGINS: origins }).CORS_ORIGINS).toBe(origins);
    },
  );

  it.each(['*', 'https://a.example/', 'https://a.example;https://b.example', 'null'])(
    'refuses the origins %s',
    (origins) => {
      expect(sentence({ CORS_ORIGINS: origins })).toContain('CORS_ORIGINS');
    },
  );

  it('asks for a secret key in production, and for a bucket with S3', () => {
    expect(sentence({ NODE_ENV: 'production' })).toContain('CHORUS_SECRET_KEY must be set');
    expect(sentence({ NODE_ENV: 'production', CHORUS_SECRET_KEY: 'a'.repeat(64) })).toBe('');
    expect(sentence({ STORAGE: 's3' })).toContain('S3_BUCKET must be set');
  });

  it.each([
    Buffer.alloc(32, 1).toString('base64'),
    Buffer.alloc(32, 1).toString('base64url'),
    'ab'.repeat(32),
  ])('takes the secret key %s', (key) => {
    expect(loadEnvironment({ CHORUS_SECRET_KEY: key }).CHORUS_SECRET_KEY).toBe(key);
  });
});
