import { ApiSchema } from '@nestjs/swagger';
import { Problem } from '#apps/api/src/http/errors/problem.dto.js';

/** A failed request, as RFC 9457 describes it. */
@ApiSchema({ name: 'Problem' })
export class ScopedProblem extends Problem {
  /** The address that was asked. @example "/v1/feedback/32" */
  instance!: string;
}
