import { createParamDecorator, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { Request } from 'express';
import { argumentsOf } from './call-arguments.js';
import { type Shape, wrong } from './shape.js';

/** One parameter of a call. */
export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
}

const PARAMETERS = 'chorus:call-parameters';

interface Given {
  readonly value: unknown;
  readonly fromQuery: boolean;
}

/** The argument at a position. `null` is as good as none. */
export function Argument(position: number, name: string, shape: Shape): ParameterDecorator {
  return parameter(position, { name, shape, optional: false });
}

/** The same for an argument that may be left out: undefined, then. */
export function OptionalArgument(position: number, name: string, shape: Shape): ParameterDecorator {
  return parameter(position, { name, shape, optional: true });
}

/** The parameters that a method declares, by position. */
export function parametersOf(controller: object, method: string | symbol): readonly Parameter[] {
  return (Reflect.getMetadata(PARAMETERS, controller, method) as Parameter[] | undefined) ?? [];
}

function parameter(position: number, declared: Parameter): ParameterDecorator {
  return (controller, method, index) => {
    const all = [...parametersOf(controller, method!)];
    all[position] = declared;
    Reflect.defineMetadata(PARAMETERS, all, controller, method!);
    At(position, new ParameterPipe(declared))(controller, method, index);
  };
}

const At = createParamDecorator((position: number, context: ExecutionContext): Given => {
  const { values, fromQuery } = argumentsOf(context.switchToHttp().getRequest<Request>());
  return { value: values[position], fromQuery };
});

class ParameterPipe implements PipeTransform<Given> {
  constructor(private readonly parameter: Parameter) {}

  transform({ value, fromQuery }: Given): unknown {
    const { name, shape, optional } = this.parameter;
    if (value !== undefined && value !== null) return shape.read(value, name, fromQuery);
    if (optional) return undefined;
    throw wrong(name, `${name} is required`);
  }
}
