import { Param } from '@nestjs/common';
import { IdPipe } from './id.pipe.js';

/**
 * A number in the path that names something.
 * @param label what a refusal calls it, where that is not its name in the path
 */
export function IdParam(name: string, label = name): ParameterDecorator {
  return Param(name, new IdPipe(label));
}
