import { pino, type Logger as Pino } from 'pino';
import { requestContext } from '#libs/platform/context/request-context.js';

export abstract class Logger {
  abstract debug(message: string, fields?: Record<string, unknown>): void;
  abstract info(message: string, fields?: Record<string, unknown>): void;
  abstract warn(message: string, fields?: Record<string, unknown>): void;
  abstract error(message: string, fields?: Record<string, unknown>): void;
}

/**
 * One JSON line per entry on standard output, with the id of the request it belongs to. Callers pass names and
 * numbers only: a raw address, a secret, a key or an e-mail address never goes into a log. Of an error, type,
 * code, message and stack are kept, not what a driver hangs on it (query parameters hold what people wrote).
 */
export class PinoLogger extends Logger {
  private readonly pino: Pino;

  constructor(level: string) {
    super();
    // Not synchronous: lines that are logged while one is being written go out together.
    const output = pino.destination({ dest: 1, sync: false });
    process.once('exit', () => flush(output));
    this.pino = pino(
      {
        level,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        mixin: () => {
          const context = requestContext.getStore();
          return context ? { requestId: context.requestId } : {};
        },
        serializers: { error: describeError },
      },
      output,
    );
  }

  debug(message: string, fields: Record<string, unknown> = {}): void {
    this.pino.debug(fields, message);
  }

  info(message: string, fields: Record<string, unknown> = {}): void {
    this.pino.info(fields, message);
  }

  warn(message: string, fields: Record<string, unknown> = {}): void {
    this.pino.warn(fields, message);
  }

  error(message: string, fields: Record<string, unknown> = {}): void {
    this.pino.error(fields, message);
  }
}

/** Causes beyond this many tell nothing new, and may go round in a circle. */
const MAX_CAUSES = 5;

/** Nothing to flush yet is not worth an error on the way out. */
function flush(output: { flushSync(): void }): void {
  try {
    output.flushSync();
  } catch {
    // The stream never opened.
  }
}

/** What of an error may be logged. */
export function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: error.name,
    // A data error of PostgreSQL quotes the value at fault in its message: its code says enough.
    message: typeof code === 'string' && /^2[23]/.test(code) ? 'data error' : error.message,
    ...(code !== undefined && { code }),
    stack: frames(error),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: describeError(cause, depth + 1) }),
  };
}

/** The stack without the message, which it repeats. */
function frames({ stack = '', message }: Error): string {
  return stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');
}
