import { getSchemaPath } from '@nestjs/swagger';

/** How documents describe the body of a problem. */
export const PROBLEM_CONTENT = {
  'application/problem+json': { schema: { $ref: getSchemaPath('Problem') } },
};
