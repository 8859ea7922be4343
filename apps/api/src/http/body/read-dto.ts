import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { DomainError, type Violation } from '#libs/platform/errors/domain-error.js';
import { OPTIONS, type QuickRead, quickReadOf } from './quick-read.js';

const quickReads = new WeakMap<ClassConstructor<object>, { readonly read: QuickRead | undefined }>();

/**
 * Turns a body or a query into its DTO and checks it. Unknown members are dropped, nothing is coerced but what the
 * DTO says, and every broken rule is reported, in the order of the DTO's members. A promise only where it takes one.
 * @throws DomainError invalid
 */
export function readDto<Dto extends object>(
  dtoType: ClassConstructor<Dto>,
  value: unknown,
  source: string,
): Dto | Promise<Dto> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DomainError('invalid', 'body', 'The request body must be a JSON object.');
  }
  let quick = quickReads.get(dtoType);
  if (!quick) {
    quick = { read: quickReadOf(dtoType) };
    quickReads.set(dtoType, quick);
  }
  return (
    (quick.read?.(value as Record<string, unknown>) as Dto | undefined) ?? checked(dtoType, value, source)
  );
}

async function checked<Dto extends object>(
  dtoType: ClassConstructor<Dto>,
  value: object,
  source: string,
): Promise<Dto> {
  const dto = plainToInstance(dtoType, value, OPTIONS);
  const errors = await validate(dto, {
    whitelist: true,
    stopAtFirstError: true,
    forbidUnknownValues: false,
    validationError: { target: false, value: false },
  });
  if (errors.length === 0) return dto;
  const violations = flatten(errors);
  throw new DomainError('invalid', source, inOneLine(violations), { violations });
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
