import { MaxCodePoints } from './max-code-points.js';

/**
 * At most `max` characters as PostgreSQL and JSON Schema count them. class-validator's decorator of this name leaves
 * variation selectors out, and what it lets pass the column refuses. The name is what the OpenAPI plugin looks for.
 */
export function MaxLength(max: number): PropertyDecorator {
  return MaxCodePoints(max, { message: `$property must be shorter than or equal to ${max} characters` });
}
