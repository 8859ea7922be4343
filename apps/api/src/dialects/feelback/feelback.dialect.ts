import { Injectable, type Type } from '@nestjs/common';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { Request } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ApiKeyAuthentication } from '#libs/auth/api-keys/api-key-authentication.js';
import { DomainError, type ErrorCode, type Violation } from '#libs/platform/errors/domain-error.js';
import { SECURITY_SCHEME } from '#apps/api/src/http/access/allow.decorator.js';
import { Dialect, type RenderedError } from '#apps/api/src/http/dialect.js';
import { apiKeyOf } from './api-key-of.js';
import { FeelbackModule } from './feelback.module.js';
import { NAME } from './feelback.name.js';

const ERRORS = {
  invalid: [400, 'bad-request'],
  unauthenticated: [401, 'unauthorized'],
  forbidden: [403, 'forbidden'],
  not_found: [404, 'not-found'],
  method_not_allowed: [405, 'method-not-allowed'],
  conflict: [409, 'conflict'],
  gone: [404, 'not-found'],
  precondition_failed: [409, 'conflict'],
  too_large: [413, 'too-large'],
  unsupported: [415, 'unsupported-media-type'],
  unprocessable: [422, 'not-allowed'],
  limited: [429, 'too-many-requests'],
  internal: [500, 'internal-error'],
  unavailable: [503, 'unavailable'],
} as const satisfies Record<ErrorCode, readonly [number, string]>;

/** Reactions, ratings and messages on pieces of content, mostly from widgets on other people's pages. */
@Injectable()
export class FeelbackDialect extends Dialect {
  readonly name = NAME;
  readonly title = 'Feelback';
  readonly prefixes = ['/v0'];
  readonly cors = 'anyone';
  readonly bodyLimit = 65_536;
  readonly module: Type = FeelbackModule;

  constructor(private readonly keys: ApiKeyAuthentication) {
    super();
  }

  async authenticate(request: Request): Promise<KeyPrincipal> {
    const key = apiKeyOf(request);
    if (key === undefined) throw new DomainError('unauthenticated', 'key', 'An API key is required.');
    const principal = await this.keys.byKey(NAME, key);
    if (!principal) throw new DomainError('unauthenticated', 'key', 'The API key is not valid.');
    return principal;
  }

  /** A key that comes with a call that needs none must be good: who sends it counts on what it opens. */
  override presentsCredentials(request: Request): boolean {
    return apiKeyOf(request) !== undefined;
  }

  renderError(error: DomainError): RenderedError {
    const [status, code] = ERRORS[error.code];
    const { reason } = error.details;
    const violations = error.details.violations?.map(inOurWords);
    const isValue = reason === 'invalid_value';
    return {
      status,
      contentType: 'application/json; charset=utf-8',
      headers: status === 401 ? { 'WWW-Authenticate': `API-KEY realm="${NAME}"` } : {},
      body: {
        // The one failure whose name and words the published service is known to answer; the reason is in the data.
        error: isValue ? 'invalid_param' : code,
        message: isValue ? 'Invalid feelback value' : nameOf(error.message),
        ...(violations && { data: { violations } }),
      },
    };
  }

  describe(document: DocumentBuilder): DocumentBuilder {
    return document
      .setDescription(
        'Calls by the httpc convention: a POST whose body is the JSON array of the arguments; calls that read can ' +
          'also be made by GET with that array in `$p`. The whole body of an answer is the result, `null` for none. ' +
          'Calls on feelbacks need no key, but those that list them do. The key is sent as ' +
          '`Authorization: API-KEY <key>`, or alone in `X-Api-Key` (also `Api-Key`, `ApiKey`, `api_key`); ' +
          'never in the address. A key that is sent must be good, even where none is needed.',
      )
      .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Api-Key' }, SECURITY_SCHEME);
  }
}

function inOurWords({ field, message }: Violation): Violation {
  return { field: nameOf(field), message: nameOf(message) };
}

/** The domain's `config.items[0]` is sent as `schemaConfig.items[0]`. */
function nameOf(text: string): string {
  return text.replace(/^config\b/, 'schemaConfig');
}
