import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestLogger } from '#libs/platform/logging/nest-logger.js';
import { Metrics } from '#libs/platform/metrics/metrics.js';
import type { PlatformParts } from '#libs/platform/platform.module.js';
import { ApiModule } from '#apps/api/src/api.module.js';
import { corsMiddleware } from '#apps/api/src/http/cors/cors.middleware.js';
import { DialectRegistry } from '#apps/api/src/http/dialect-registry.js';
import { refuseNul } from '#apps/api/src/http/errors/refuse-nul.middleware.js';
import { Readiness } from '#apps/api/src/http/health/readiness.js';
import { exchangeMiddleware } from '#apps/api/src/http/observe/exchange.middleware.js';
import { securityHeaders } from '#apps/api/src/http/observe/security-headers.middleware.js';
import { serveDocuments } from '#apps/api/src/http/openapi/serve-documents.js';
import { RouteInventory } from '#apps/api/src/http/route-inventory.js';
import { FastExpressAdapter } from './fast-express-adapter.js';

/** The API, complete but for listening. */
export async function createApp(parts: PlatformParts): Promise<NestExpressApplication> {
  const { config, logger } = parts;
  const app = await NestFactory.create<NestExpressApplication>(
    ApiModule.with(parts),
    new FastExpressAdapter(),
    {
      logger: new NestLogger(logger),
      // The body guard reads bodies, once the access guard has let the request in.
      bodyParser: false,
      abortOnError: false,
    },
  );
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.http.trustProxy);
  const dialects = app.get(DialectRegistry);
  app.use(exchangeMiddleware(dialects, app.get(Metrics), logger, app.get(Readiness)));
  app.use(securityHeaders(config.http.publicUrl?.startsWith('https:') ?? false));
  app.use(corsMiddleware(app.get(RouteInventory), config.http.corsOrigins));
  app.use(refuseNul);
  serveDocuments(app, dialects.all);
  return app;
}
