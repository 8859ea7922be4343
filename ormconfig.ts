import { entities } from '#libs/entities.js';
import { loadEnvironment } from '#libs/platform/config/load-environment.js';
import { createDataSource } from '#libs/platform/database/data-source.js';
import { StartupError } from '#libs/platform/errors/startup-error.js';

/** The data source of the migrations' command line (`npm run migration:run` and its siblings). */
const { MIGRATION_DATABASE_URL, DATABASE_URL } = loadEnvironment();
const url = MIGRATION_DATABASE_URL ?? DATABASE_URL;
if (url === undefined) {
  throw new StartupError(
    'Set DATABASE_URL (or MIGRATION_DATABASE_URL): the embedded database migrates itself when the server starts.',
  );
}

export default createDataSource({ url, entities, applicationName: 'chorus migrations' });
