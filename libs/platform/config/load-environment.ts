import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import { Environment } from './environment.js';

/**
 * Reads and checks the environment; an empty variable counts as unset. This is the one place that reads
 * `process.env`.
 * @throws StartupError that names every variable that is wrong, never its value: it may be a secret
 */
export function loadEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const known = Object.keys(new Environment()).concat(OPTIONAL);
  const given = Object.fromEntries(known.flatMap((name) => (source[name] ? [[name, source[name]]] : [])));
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const problems = validateSync(environment, { stopAtFirstError: true }).map(
    ({ property, constraints }) =>
      `${property} ${Object.values(constraints ?? {})
        .join(', ')
        .replace(`${property} `, '')}`,
  );
  if (environment.STORAGE === 's3' && !environment.S3_BUCKET) {
    problems.push('S3_BUCKET must be set when STORAGE is s3');
  }
  if (environment.NODE_ENV === 'production' && !environment.CHORUS_SECRET_KEY) {
    problems.push('CHORUS_SECRET_KEY must be set in production (make one with: openssl rand -base64 32)');
  }
  if (problems.length > 0) {
    throw new StartupError(`The configuration is not valid: ${problems.join('; ')}.`);
  }
  return environment;
}

/** Members without a default are no own properties of a new Environment, so they are listed. */
const OPTIONAL = [
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'DIRECT_DATABASE_URL',
  'CHORUS_SECRET_KEY',
  'PUBLIC_URL',
  'METRICS_TOKEN',
  'S3_BUCKET',
  'S3_ENDPOINT',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
] as const satisfies readonly (keyof Environment)[];
