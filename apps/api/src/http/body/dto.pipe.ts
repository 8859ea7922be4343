import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { DomainError, type Violation } from '#libs/platform/errors/domain-error.js';

const PRIMITIVES = new Set<unknown>([String, Number, Boolean, Array, Object, undefined]);

/**
 * Turns a body or a query into its DTO and checks it. Unknown members are dropped, nothing is coerced but what the
 * DTO says, and every broken rule is reported, in the order of the DTO's members.
 */
@Injectable()
export class DtoPipe implements PipeTransform {
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom' || type === 'param' || PRIMITIVES.has(metatype)) return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new DomainError('invalid', 'body', 'The request body must be a JSON object.');
    }
    const dto = plainToInstance(metatype as ClassConstructor<object>, value, { exposeDefaultValues: true });
    const errors = await validate(dto, {
      whitelist: true,
      stopAtFirstError: true,
      forbidUnknownValues: false,
      validationError: { target: false, value: false },
    });
    if (errors.length === 0) return dto;
    const violations = flatten(errors);
    throw new DomainError('invalid', type, inOneLine(violations), { violations });
  }
}

function flatten(errors: readonly ValidationError[], path = ''): Violation[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = path ? `${path}.${property}` : property;
    const own = Object.values(constraints).map((message) => ({ field, message }));
    return [...own, ...flatten(children, field)];
  });
}

/** Each message once; a semicolon parts those that are no sentences. */
function inOneLine(violations: readonly Violation[]): string {
  const messages = [...new Set(violations.map(({ message }) => message))];
  return messages.reduce((line, message) => `${line}${line.endsWith('.') ? '' : ';'} ${message}`);
}
