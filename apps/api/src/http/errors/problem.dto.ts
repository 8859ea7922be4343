import { ApiProperty } from '@nestjs/swagger';

/** One member of the request that is wrong. */
export class ProblemViolation {
  /** Where it is (JSON Pointer, RFC 6901). @example "/name" */
  pointer!: string;

  /** What is wrong with it. @example "name must be longer than or equal to 1 characters" */
  message!: string;
}

/** A failed request, as RFC 9457 describes it. */
export class Problem {
  /** @example "about:blank" */
  type!: string;

  /** @example "Bad Request" */
  title!: string;

  /** @example 400 */
  @ApiProperty({ type: 'integer' })
  status!: number;

  /** What went wrong, for a person. @example "name must be longer than or equal to 1 characters" */
  detail!: string;

  /** What went wrong, for a program. @example "invalid" */
  code!: string;

  /** The id under which the server's log tells more. @example "0197b1c2-7a44-7d31-8a52-9a1c5e7d2f10" */
  @ApiProperty({ format: 'uuid' })
  requestId!: string;

  /** Present when members of the request are wrong. */
  errors?: ProblemViolation[];
}
