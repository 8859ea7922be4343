import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Dialect } from '../dialect.js';
import { buildDocument } from './build-document.js';

/** What the selector shows before a document is chosen never appears: `urls` takes its place. */
const EMPTY: OpenAPIObject = { openapi: '3.1.0', info: { title: 'Chorus', version: '1.0' }, paths: {} };

/** Serves each dialect's document at /docs/<name>.json, built when it is first asked for, and one Swagger UI for all. */
export function serveDocuments(app: INestApplication, dialects: readonly Dialect[]): void {
  const documents = new Map<string, string>();
  for (const dialect of dialects) {
    app.getHttpAdapter().get(`/docs/${dialect.name}.json`, (_request: Request, response: Response) => {
      let text = documents.get(dialect.name);
      if (text === undefined) {
        text = JSON.stringify(buildDocument(app, dialect));
        documents.set(dialect.name, text);
      }
      response.type('application/json').send(text);
    });
  }
  SwaggerModule.setup('docs', app, () => EMPTY, {
    raw: false,
    explorer: true,
    customSiteTitle: 'Chorus API',
    swaggerOptions: {
      urls: dialects.map(({ name, title }) => ({ name: title, url: `/docs/${name}.json` })),
      persistAuthorization: true,
      displayRequestDuration: true,
    },
  });
}
