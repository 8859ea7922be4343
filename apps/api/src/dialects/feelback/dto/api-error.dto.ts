import { ApiProperty } from '@nestjs/swagger';

const CODES = [
  'bad-request',
  'invalid_param',
  'unauthorized',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'conflict',
  'too-large',
  'unsupported-media-type',
  'not-allowed',
  'too-many-requests',
  'unavailable',
  'internal-error',
] as const;

/** An argument, or a member of one, that is wrong. */
export class ApiErrorViolation {
  /** @example "name" */
  field!: string;

  /** @example "name must be longer than or equal to 1 characters" */
  message!: string;
}

export class ApiErrorData {
  violations!: ApiErrorViolation[];
}

/** A failed call. */
export class ApiError {
  /** @example "bad-request" */
  @ApiProperty({ enum: CODES })
  error!: (typeof CODES)[number];

  /** What went wrong, for a person. @example "name must be longer than or equal to 1 characters" */
  message!: string;

  /** What is wrong with the arguments. */
  data?: ApiErrorData;
}
