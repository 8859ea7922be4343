import type { Principal } from '#libs/accounts/principal.js';
import type { DomainError } from '#libs/platform/errors/domain-error.js';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { Type } from '@nestjs/common';
import type { Request } from 'express';

/** Who may call a dialect from a browser: nobody, any page, or the pages that the operator lists. */
export type CorsRule = 'nobody' | 'anyone' | 'listed';

/** What an answer to a failed request may mention. */
export interface FailureContext {
  readonly request: Request;
  readonly requestId: string;
}

/** A failed request's answer. */
export interface RenderedError {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * One public API: everything that the guard, the filter and the documents need to know of it. A new dialect is a
 * folder with one of these, its controllers and DTOs, and a line in `dialects.ts`.
 */
export abstract class Dialect {
  /** As in the folder's name, in metrics, and at /docs/<name>.json. */
  abstract readonly name: string;
  abstract readonly title: string;
  /** Lower-case path prefixes; a request belongs to the dialect with the longest one that fits. */
  abstract readonly prefixes: readonly string[];
  abstract readonly cors: CorsRule;
  /** Bytes that a JSON or form body may have. */
  abstract readonly bodyLimit: number;
  /** The module that holds its controllers, for its document. */
  abstract readonly module: Type;

  /** Schemas of its document that no route's types name. */
  readonly models?: readonly Type[];

  /** Who calls. @throws DomainError unauthenticated */
  abstract authenticate(request: Request): Promise<Principal>;

  /** Whether a call of a public route brings credentials. They are looked at, then, though none are needed. */
  presentsCredentials(_request: Request): boolean {
    return false;
  }

  abstract renderError(error: DomainError, context: FailureContext): RenderedError;

  /** Adds what is particular to its OpenAPI document: description, security schemes. */
  abstract describe(document: DocumentBuilder): DocumentBuilder;
}
