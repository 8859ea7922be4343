import type { Type } from '@nestjs/common';
import { getSchemaPath } from '@nestjs/swagger';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { readDto } from '#apps/api/src/http/body/read-dto.js';
import { coerceQuery } from './coerce-query.js';

/** What an argument must look like: checks it, and describes it in the document. */
export interface Shape<Value = unknown> {
  /** JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** A value that fits, for the document. */
  readonly example: unknown;
  /** The classes that the schema refers to. */
  readonly models: readonly Type[];
  /** Whether a value is meant for this shape rather than for another one that would do. */
  accepts(value: unknown): boolean;
  /** @throws DomainError invalid */
  read(value: unknown, name: string, fromQuery: boolean): Value | Promise<Value>;
}

/** A string of at most `max` characters. */
export function text(example: string, max = 1024): Shape<string> {
  return {
    schema: { type: 'string', maxLength: max },
    example,
    models: [],
    accepts: (value) => typeof value === 'string',
    read: (value, name) => {
      if (typeof value !== 'string') throw wrong(name, `${name} must be a string`);
      if (value.length > max && [...value].length > max) {
        throw wrong(name, `${name} must be shorter than or equal to ${max} characters`);
      }
      return value;
    },
  };
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[], example: Word): Shape<Word> {
  return {
    schema: { type: 'string', enum: words },
    example,
    models: [],
    accepts: (value) => typeof value === 'string',
    read: (value, name) => {
      const word = words.find((each) => each === value);
      if (word === undefined)
        throw wrong(name, `${name} must be one of the following values: ${words.join(', ')}`);
      return word;
    },
  };
}

/** An object that fits a DTO class. @param mark a member that only objects for this class have */
export function object<Dto extends object>(
  dto: Type<Dto>,
  example: Partial<Dto>,
  mark?: keyof Dto & string,
): Shape<Dto> {
  return {
    schema: { $ref: getSchemaPath(dto) },
    example,
    models: [dto],
    accepts: (value) => isObject(value) && (mark === undefined || (value[mark] ?? null) !== null),
    read: (value, name, fromQuery) => {
      if (!isObject(value)) throw wrong(name, `${name} must be an object`);
      return readDto(dto, fromQuery ? coerceQuery(dto, value) : value, 'body');
    },
  };
}

/** The first of several shapes that accepts the value. */
export function either<Values extends unknown[]>(
  kinds: string,
  ...shapes: { [Index in keyof Values]: Shape<Values[Index]> }
): Shape<Values[number]> {
  const all = shapes as readonly Shape<Values[number]>[];
  return {
    schema: { oneOf: all.map(({ schema }) => schema) },
    example: all[0]!.example,
    models: all.flatMap(({ models }) => models),
    accepts: (value) => all.some((shape) => shape.accepts(value)),
    read: (value, name, fromQuery) => {
      const shape = all.find((each) => each.accepts(value));
      if (!shape) throw wrong(name, `${name} must be ${kinds}`);
      return shape.read(value, name, fromQuery);
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An argument that is not what its parameter wants. */
export function wrong(field: string, message: string): DomainError {
  return new DomainError('invalid', 'arguments', message, { violations: [{ field, message }] });
}
