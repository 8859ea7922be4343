import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Dialect } from '../dialect.js';
import { completeDocument } from './complete-document.js';

/** The OpenAPI 3.1 document of one dialect. */
export function buildDocument(app: INestApplication, dialect: Dialect): OpenAPIObject {
  const config = dialect
    .describe(
      new DocumentBuilder()
        .setOpenAPIVersion('3.1.0')
        .setTitle(dialect.title)
        .setVersion('1.0')
        .setLicense('MIT', 'https://opensource.org/license/mit'),
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    include: [dialect.module],
    extraModels: [...(dialect.models ?? [])],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return completeDocument(document, dialect.name);
}
