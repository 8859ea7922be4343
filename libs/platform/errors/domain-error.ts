/** Every way a request can fail. Closed on purpose: each dialect answers each code, held by the type checker. */
export const ERROR_CODES = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'conflict',
  'gone',
  'precondition_failed',
  'too_large',
  'unsupported',
  'unprocessable',
  'limited',
  'unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One broken rule: the member it is about (dotted path, empty for the whole body) and a sentence for its author. */
export interface Violation {
  readonly field: string;
  readonly message: string;
}

export interface ErrorDetails {
  /** What is wrong, member by member, in the order in which the contract names them. */
  readonly violations?: readonly Violation[];
  /** Whole seconds after which a new try makes sense; sent as `Retry-After`. */
  readonly retryAfter?: number;
  /** A machine-readable reason inside the code, for example `invalid_token`. */
  readonly reason?: string;
  /** Headers that belong to this failure, for example `Allow` or `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The one error that services throw. `subject` names what it is about (`feedback`, `client`), `message` may be
 * shown to the caller as it is, `cause` is for the log only.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly subject: string,
    publicMessage: string,
    readonly details: ErrorDetails = {},
    cause?: unknown,
  ) {
    super(publicMessage, cause === undefined ? undefined : { cause });
  }
}
