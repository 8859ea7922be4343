import type { Type } from '@nestjs/common';

/** Query parameters are texts: what a class wants as a number or a boolean is read as one, where it looks like one. */
export function coerceQuery(dto: Type, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, coerced(typeOf(dto, name), value)]),
  );
}

/** The type that the class declares for a member; undefined for one that it does not know. */
function typeOf(dto: Type, name: string): unknown {
  return Reflect.getMetadata('design:type', dto.prototype as object, name);
}

function coerced(type: unknown, value: unknown): unknown {
  if (type === Number && typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value))
    return Number(value);
  if (type === Boolean && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
