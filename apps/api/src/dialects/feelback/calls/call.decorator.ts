import { applyDecorators, Get, HttpCode, Post, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { type Parameter, parametersOf } from './argument.decorator.js';
import { copyRoute } from './copy-route.js';
import { JsonAnswerInterceptor } from './json-answer.interceptor.js';

const CALL = 'chorus:call';

/** Whether a route is a call. */
export function isCall(handler: object): boolean {
  return Reflect.hasMetadata(CALL, handler);
}

/** A call that changes something: POST with a JSON array of its arguments. The outermost decorator of its method. */
export function WriteCall(name: string, summary: string, description?: string): MethodDecorator {
  return (controller, method, handler) => {
    const parameters = parametersOf(controller, method);
    posted(name, parameters, { summary, ...described(parameters, description) })(controller, method, handler);
  };
}

/**
 * A call that reads: POST as above, and GET with the same array in `$p`, a route of its own as the framework knows one
 * per method. The outermost decorator of its method: what the others declared goes for both.
 */
export function ReadCall(name: string, summary: string, description?: string): MethodDecorator {
  return (controller, method, handler) => {
    const parameters = parametersOf(controller, method);
    const text = described(parameters, description);
    const twin = `${String(method)}ByGet`;
    const copy = copyRoute(controller, method, twin);
    posted(name, parameters, { summary, ...text })(controller, method, handler);
    gotten(name, parameters, { summary: `${summary} (by GET)`, ...text })(controller, twin, copy);
  };
}

interface Text {
  readonly summary: string;
  readonly description?: string;
}

function posted(name: string, parameters: readonly Parameter[], text: Text): MethodDecorator {
  const required = parameters.filter(({ optional }) => !optional).length;
  const schema = {
    type: 'array',
    prefixItems: parameters.map(({ shape }) => shape.schema),
    minItems: required,
    example: parameters.map(({ shape }) => shape.example),
  };
  return applyDecorators(
    Post(name),
    ...answered(parameters, text),
    ApiBody({ description: 'The arguments, by position.', required: required > 0, schema }),
  );
}

function gotten(name: string, parameters: readonly Parameter[], text: Text): MethodDecorator {
  const example = JSON.stringify(parameters.map(({ shape }) => shape.example));
  return applyDecorators(
    Get(name),
    ...answered(parameters, text),
    ApiQuery({
      name: '$p',
      required: false,
      description: 'The arguments, by position: a JSON array. Left out, there are none.',
      schema: { type: 'string', example },
    }),
  );
}

function answered(parameters: readonly Parameter[], text: Text): MethodDecorator[] {
  return [
    SetMetadata(CALL, true),
    HttpCode(200),
    UseInterceptors(JsonAnswerInterceptor),
    ApiOperation(text),
    ApiExtraModels(...parameters.flatMap(({ shape }) => [...shape.models])) as MethodDecorator,
  ];
}

/** Tells of the parameters in words, too: few tools show the items of a tuple. */
function described(parameters: readonly Parameter[], description = ''): Pick<Text, 'description'> {
  const list = parameters.map(
    ({ name, optional }, position) => `- #${position}: \`${name}\`${optional ? ' (optional)' : ''}`,
  );
  return { description: [description, list.join('\n')].filter(Boolean).join('\n\n') };
}
