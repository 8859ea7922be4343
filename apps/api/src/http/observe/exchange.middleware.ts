import type { Socket } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { requestContext } from '#libs/platform/context/request-context.js';
import { isUuid, uuidv7 } from '#libs/platform/ids/uuid.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Logger } from '#libs/platform/logging/logger.js';
import type { Metrics } from '#libs/platform/metrics/metrics.js';
import type { DialectRegistry } from '../dialect-registry.js';
import type { Readiness } from '../health/readiness.js';
import { exchangeOf, openExchange, routeOf } from '../exchange.js';

/**
 * The first to see a request and the last to see its answer: gives it an id (the caller's, when that is a UUID),
 * finds its dialect, measures it and writes one line about it.
 */
export function exchangeMiddleware(
  dialects: DialectRegistry,
  metrics: Metrics,
  logger: Logger,
  readiness: Readiness,
) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint();
    const inbound = request.headers['x-request-id'];
    const requestId = isUuid(inbound) ? inbound.toLowerCase() : uuidv7();
    openExchange(request, { requestId, dialect: dialects.of(request.path) });
    response.setHeader('X-Request-Id', requestId);
    // A connection that is kept would keep a stopping process waiting.
    if (readiness.isStopping) response.setHeader('Connection', 'close');
    response.once('close', () => {
      observe(request, response, started, metrics, logger);
      // The same for an answer whose head was written before we were told to stop.
      if (readiness.isStopping) endWhenIdle(request.socket);
    });
    requestContext.run({ requestId }, () => next(withoutHost(request)));
  };
}

/** Pipelined requests may wait for their answers: then Node has put the next one on the socket already. */
function endWhenIdle(socket: Socket & { readonly _httpMessage?: unknown }): void {
  if (!socket._httpMessage) socket.end();
}

/** RFC 9112, 3.2. Node would answer by itself, without an id and in nobody's shape. */
function withoutHost({ httpVersion, headers }: Request): DomainError | undefined {
  if (httpVersion !== '1.1' || headers.host !== undefined) return undefined;
  return new DomainError('invalid', 'request', 'The Host header is missing.');
}

function observe(
  request: Request,
  response: Response,
  started: bigint,
  metrics: Metrics,
  logger: Logger,
): void {
  const { requestId, dialect, principal } = exchangeOf(request);
  const route = routeOf(request);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const labels = {
    dialect: dialect?.name ?? 'none',
    method: request.method,
    route,
    status: String(response.statusCode),
  };
  metrics.requests.observe(labels, seconds);
  logger.info('request', {
    requestId,
    ...labels,
    status: response.statusCode,
    ms: Math.round(seconds * 1e4) / 10,
    ...(principal && { principal: `${principal.kind}:${principal.id}` }),
    ...(!response.writableFinished && { aborted: true }),
  });
}
