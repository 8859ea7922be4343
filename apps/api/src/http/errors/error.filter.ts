import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Logger } from '#libs/platform/logging/logger.js';
import { exchangeOf, routeOf } from '../exchange.js';
import { RouteInventory } from '../route-inventory.js';
import { asDomainError } from './as-domain-error.js';
import { renderProblem } from './problem.js';

/** The one filter: every failed request is answered in the shape of its dialect, problem+json outside all of them. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly routes: RouteInventory,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const exchange = exchangeOf(request);
    const error = this.unrouted(asDomainError(thrown), request);
    this.log(error, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const context = { request, requestId: exchange.requestId };
    const rendered = exchange.dialect?.renderError(error, context) ?? renderProblem(error, context);
    response.status(rendered.status);
    response.setHeader('Content-Type', rendered.contentType);
    if (error.details.retryAfter !== undefined) response.setHeader('Retry-After', error.details.retryAfter);
    for (const headers of [error.details.headers, rendered.headers]) {
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    }
    const body = JSON.stringify(rendered.body);
    // Node leaves it out for HTTP/1.0, and some clients read no body without it.
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  /** A path that only knows other methods is 405 with `Allow`, not 404 (RFC 9110, 15.5.6). */
  private unrouted(error: DomainError, request: Request): DomainError {
    if (error.code !== 'not_found') return error;
    const methods = this.routes.methodsOf(request.path);
    if (methods.length === 0 || methods.includes(request.method)) return error;
    return new DomainError('method_not_allowed', 'request', 'This address does not answer this method.', {
      headers: { Allow: methods.join(', ') },
    });
  }

  private log(error: DomainError, request: Request): void {
    const fields = { code: error.code, route: routeOf(request), error: error.cause ?? error };
    if (error.code === 'internal') this.logger.error('a request failed on our side', fields);
    else if (error.code === 'unavailable')
      this.logger.warn('a request met a dependency that is down', fields);
  }
}
