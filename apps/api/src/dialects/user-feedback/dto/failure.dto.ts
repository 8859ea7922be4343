import { ApiProperty } from '@nestjs/swagger';

/** A failed request. */
export class ApiFailure {
  /** @example 400 */
  @ApiProperty({ type: 'integer' })
  statusCode!: number;

  /** What is wrong: a sentence, or one for each member of the body that is wrong. */
  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    example: ['name must be a string'],
  })
  message!: string | string[];

  /** The status in words; absent when there is a code. @example "Bad Request" */
  error?: string;

  /** What is wrong, for a program. @example "IssueNotFound" */
  code?: string;

  /** What was asked for. @example "/api/projects/1/issues" */
  path!: string;
}
