import { Injectable } from '@nestjs/common';
import type { Dialect } from './dialect.js';

/** Answers "which dialect is this request?", the one question that guard and filter ask. */
@Injectable()
export class DialectRegistry {
  private readonly prefixes: readonly (readonly [string, Dialect])[];

  constructor(readonly all: readonly Dialect[]) {
    this.prefixes = all
      .flatMap((dialect) => dialect.prefixes.map((prefix) => [prefix, dialect] as const))
      .sort(([a], [b]) => b.length - a.length);
  }

  /** Undefined outside every prefix. Paths are told apart without regard to case, as Express routes them. */
  of(path: string): Dialect | undefined {
    const lower = path.toLowerCase();
    return this.prefixes.find(
      ([prefix]) =>
        lower.startsWith(prefix) && (lower.length === prefix.length || lower[prefix.length] === '/'),
    )?.[1];
  }
}
