import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { readDto } from './read-dto.js';

const PRIMITIVES = new Set<unknown>([String, Number, Boolean, Array, Object, undefined]);

/** Turns a body or a query into its DTO and checks it. */
@Injectable()
export class DtoPipe implements PipeTransform {
  /** @throws DomainError invalid */
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || type === 'param' || PRIMITIVES.has(metatype)) return value;
    return readDto(metatype as ClassConstructor<object>, value, type);
  }
}
