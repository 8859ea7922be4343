import { StartupError } from '#libs/platform/errors/startup-error.js';

interface SystemError {
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
  readonly errors?: readonly SystemError[];
  readonly driverError?: SystemError;
}

/** One sentence for an operator where the failure is one that can be acted on; undefined for a fault of ours. */
export function startupFailure(error: unknown): string | undefined {
  if (error instanceof StartupError) return error.message;
  const { code, port, address } = innermost(error as SystemError);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop the other program, or set PORT to another one (0 picks a free one).`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address}: set HOST to one of its own.`;
    case 'EACCES':
      return port === undefined
        ? undefined
        : `This user may not listen on port ${port}: set PORT to one above 1023.`;
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
      return `The database does not answer at ${address ?? 'its address'}${port ? `:${port}` : ''}: start it, or correct DATABASE_URL.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The host name in DATABASE_URL cannot be resolved: correct it, or check the name service.';
    case '28P01':
    case '28000':
      return 'The database refused the login: correct the user or the password in DATABASE_URL.';
    case '3D000':
      return 'The database that DATABASE_URL names does not exist: create it first.';
    case '42501':
      return 'The database role lacks a right it needs: set MIGRATION_DATABASE_URL to the role that owns the tables.';
    default:
      return undefined;
  }
}

function innermost(error: SystemError): SystemError {
  const inner = error.driverError ?? error.errors?.[0];
  return inner ? innermost(inner) : error;
}
