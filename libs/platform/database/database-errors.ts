import { DomainError } from '#libs/platform/errors/domain-error.js';

/** What PostgreSQL's driver hangs on an error. */
interface DriverError {
  readonly code?: string;
  readonly constraint?: string;
  readonly driverError?: DriverError;
}

const DOWN = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN']);
/** Messages of `pg`, and of TypeORM where it finds a connection lost between two statements, that come without a code. */
const DOWN_MESSAGES =
  /Connection terminated|Query runner already released|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/i;

/** SQLSTATE of an error of the driver, as it is or wrapped by TypeORM. */
export function sqlState(error: unknown): string | undefined {
  const { code, driverError } = (error ?? {}) as DriverError;
  return driverError?.code ?? code;
}

/** The name of the constraint that a write would have broken. */
export function violatedConstraint(error: unknown): string | undefined {
  const { constraint, driverError } = (error ?? {}) as DriverError;
  return driverError?.constraint ?? constraint;
}

/** True when the error says nothing about the request: the database is away, starting, full or overloaded. */
export function databaseIsDown(error: unknown): boolean {
  const code = sqlState(error);
  // 08 connection, 28 login refused, 3D000 database renamed or gone, 53 resources, 57P0x shutdown, 57014 statement timeout, 55P03 lock timeout, 25006 read-only, 40 retry
  if (code && (DOWN.has(code) || /^(08|28|3D000|53|57P0|57014|58|55P03|25006|25P0[23]|40)/.test(code)))
    return true;
  return error instanceof Error && DOWN_MESSAGES.test(error.message);
}

/** A 503 that the caller may retry when the database is down; every other error as it is. */
export function unavailableWhenDown(error: unknown): unknown {
  if (error instanceof DomainError || !databaseIsDown(error)) return error;
  return new DomainError(
    'unavailable',
    'database',
    'The service is not available at the moment. Please try again.',
    { retryAfter: 1 },
    error,
  );
}
