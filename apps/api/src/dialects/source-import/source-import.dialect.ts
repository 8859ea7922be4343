import { Injectable, type Type } from '@nestjs/common';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Principal } from '#libs/accounts/principal.js';
import { ApiKeyAuthentication } from '#libs/auth/api-keys/api-key-authentication.js';
import { DomainError, type ErrorCode } from '#libs/platform/errors/domain-error.js';
import { SECURITY_SCHEME } from '#apps/api/src/http/access/allow.decorator.js';
import { Dialect, type RenderedError } from '#apps/api/src/http/dialect.js';
import { ImportErrorView } from './dto/import.dto.js';
import { SourceImportModule } from './source-import.module.js';
import { NAME } from './source-import.name.js';

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported: 415,
  unprocessable: 422,
  limited: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

/** Feedback that other systems push, many rows at a time. */
@Injectable()
export class SourceImportDialect extends Dialect {
  readonly name = NAME;
  readonly title = 'Source Import';
  readonly prefixes = ['/api/v1/source'];
  readonly cors = 'nobody';
  readonly bodyLimit = 65_536;
  readonly module: Type = SourceImportModule;
  override readonly models = [ImportErrorView];

  constructor(private readonly keys: ApiKeyAuthentication) {
    super();
  }

  /** The key of an account, in the header of every request. */
  async authenticate({ headers }: Request): Promise<Principal> {
    const key = headers['x-api-key'];
    const principal = typeof key === 'string' ? await this.keys.byKey(NAME, key) : undefined;
    if (principal) return principal;
    throw new DomainError(
      'unauthenticated',
      'api-key',
      key === undefined ? 'The header X-API-KEY is missing.' : 'The API key is not valid.',
    );
  }

  renderError(error: DomainError): RenderedError {
    const { violations } = error.details;
    return {
      status: STATUS[error.code],
      contentType: 'application/json; charset=utf-8',
      headers: error.code === 'unauthenticated' ? { 'WWW-Authenticate': 'ApiKey realm="import"' } : {},
      body: {
        message: error.message,
        ...(violations && { errors: violations.map(({ field, message }) => ({ field, message })) }),
      },
    };
  }

  describe(document: DocumentBuilder): DocumentBuilder {
    return document
      .setDescription(
        'Push rows of feedback into a configured source, and see what became of them. Progress, NDJSON, ' +
          '`mode=partial`, `external_id`, `occurrence` and `Idempotency-Key` are extensions of the published API.',
      )
      .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-KEY' }, SECURITY_SCHEME);
  }
}
