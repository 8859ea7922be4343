import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { entities } from '#libs/entities.js';
import { buildConfig } from '#libs/platform/config/build-config.js';
import { Environment } from '#libs/platform/config/environment.js';
import { createDataSource } from '#libs/platform/database/data-source.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';
import { DialectRegistry } from './http/dialect-registry.js';
import { buildDocument } from './http/openapi/build-document.js';
import { createApp } from './start/create-app.js';

/** Writes the OpenAPI document of each dialect into a directory (docs/openapi); needs no database. */
const directory = resolve(process.argv[2] ?? 'docs/openapi');
const url = 'postgres://nobody@127.0.0.1/none';
const config = buildConfig(new Environment(), {
  databaseUrl: url,
  secretKey: Buffer.alloc(32),
  embedded: false,
});
const app = await createApp({
  config,
  source: createDataSource({ url, entities }),
  logger: new PinoLogger('error'),
});
await mkdir(directory, { recursive: true });
for (const dialect of app.get(DialectRegistry).all) {
  const text = `${JSON.stringify(buildDocument(app, dialect), null, 2)}\n`;
  await writeFile(join(directory, `${dialect.name}.json`), text);
}
