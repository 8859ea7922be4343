import { StartupError } from '#libs/platform/errors/startup-error.js';

interface SystemError {
  readonly code?: string;
  readonly message?: string;
  readonly address?: string;
  readonly port?: number;
  readonly path?: string;
  readonly errors?: readonly SystemError[];
  readonly driverError?: SystemError;
}

/** Messages of `pg` that come without a code. */
const SILENT = /^timeout expired|timeout exceeded when trying to connect|Connection terminated/;
const NO_TLS = /server does not support SSL connections/;
/** OpenSSL's names for a certificate that is not good. */
const CERTIFICATE = /CERT|VERIFY_LEAF_SIGNATURE|ERR_TLS/;

/**
 * One sentence for an operator where the failure is one that can be acted on; undefined for a fault of ours.
 * @param variable which holds the address of the database in question
 */
export function startupFailure(error: unknown, variable = 'DATABASE_URL'): string | undefined {
  if (error instanceof StartupError) return error.message;
  const { code = '', message = '', port, address, path } = innermost((error ?? {}) as SystemError);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop the other program, or set PORT to another one (0 picks a free one).`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address}: set HOST to one of its own.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOSPC':
    case 'ENOTDIR':
    case 'EEXIST':
      if (path !== undefined) {
        return `${path} cannot be used (${code}): correct this, or set CHORUS_DATA_DIR to another directory.`;
      }
      return port === undefined
        ? undefined
        : `This user may not listen on port ${port}: set PORT to one above 1023.`;
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `The database does not answer at ${address ?? 'its address'}${port ? `:${port}` : ''}: start it, or correct ${variable}.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name in ${variable} cannot be resolved: correct it, or check the name service.`;
    case 'ERR_INVALID_URL':
      return `${variable} is not a valid address: correct it (special characters in a password are written as %XX).`;
    case '28P01':
    case '28000':
      return `The database refused the login: correct the user or the password in ${variable}.`;
    case '3D000':
      return `The database that ${variable} names does not exist: create it first.`;
    case '42501':
      return `The database role of ${variable} lacks a right (${message}): grant it, or set MIGRATION_DATABASE_URL to the role that owns the tables.`;
    case '53300':
      return 'The database has no connection left: raise its max_connections, or lower DATABASE_POOL_SIZE.';
    case '57P03':
      return 'The database is starting or stopping: start Chorus again when it is ready.';
    default:
      break;
  }
  if (code === 'ECONNRESET' || SILENT.test(message)) {
    return `What listens at the address in ${variable} does not answer like a PostgreSQL: correct it, or look after the database.`;
  }
  if (NO_TLS.test(message)) {
    return `The database does not speak TLS: turn it on there, or leave sslmode out of ${variable}.`;
  }
  return CERTIFICATE.test(code)
    ? `The certificate of the database is not trusted (${code}): name its authority by sslrootcert in ${variable}.`
    : undefined;
}

function innermost(error: SystemError): SystemError {
  const inner = error.driverError ?? error.errors?.[0];
  return inner ? innermost(inner) : error;
}
