import { parseArgs } from 'node:util';
import { isEmail } from 'class-validator';
import { entities } from '#libs/entities.js';
import { AccountsService } from '#libs/accounts/accounts.service.js';
import { CLIENT_PERMISSIONS } from '#libs/auth/oauth-clients.service.js';
import { loadEnvironment } from '#libs/platform/config/load-environment.js';
import { randomSecret } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';
import { openDatabase } from '#libs/platform/runtime/open-database.js';
import { prepareRuntime } from '#libs/platform/runtime/prepare-runtime.js';
import { runProcess } from '#libs/platform/runtime/run-process.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { ProvisioningService } from './provisioning/provisioning.service.js';
import { createApp } from './start/create-app.js';
import { sayError } from './start/console.js';

const USAGE =
  'Usage: npm run provision -- --email you@example.com [--password ...] [--account NAME] [--project NAME] [--time-zone ZONE].';

/** Makes the first operator, account, project and OAuth client of an empty database, and prints their secrets once. */
await runProcess(sayError, async (onStop) => {
  const { email, password = randomSecret('pw'), account: name, project, zone } = readArguments();
  const environment = loadEnvironment();
  const logger = new PinoLogger('warn');
  const runtime = await prepareRuntime(environment, () => undefined);
  onStop(() => runtime.release());
  const source = await openDatabase(runtime.config, entities, logger);
  onStop(() => source.destroy());
  const app = await createApp({ config: runtime.config, source, logger });
  await app.init();
  onStop(() => app.close());

  const provisioning = app.get(ProvisioningService);
  const made = await app.get(Database).transaction(async () => {
    if (!(await app.get(AccountsService).none())) {
      throw new StartupError(
        'This database has accounts already: an operator makes more by POST /api/admin/accounts.',
      );
    }
    const { account, owner, system } = await provisioning.account(undefined, name, {
      email,
      password,
      operator: true,
    });
    const { id: projectId } = await app
      .get(ProjectsService)
      .create(system, { name: project, timeZone: zone });
    const { client, issued } = await provisioning.oauthClient(system, {
      name: 'First client',
      projectId,
      permissions: CLIENT_PERMISSIONS,
    });
    return {
      admin: { email: owner.email, password },
      account: { id: account.id },
      insiderConnect: {
        clientId: client.id,
        clientSecret: issued.value,
        projectId,
        channelId: client.channelId,
      },
    };
  });
  process.stdout.write(`${JSON.stringify(made, null, 2)}\n`);
  process.kill(process.pid, 'SIGTERM');
});

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        email: { type: 'string' },
        password: { type: 'string' },
        account: { type: 'string', default: 'Main' },
        project: { type: 'string', default: 'Main' },
        'time-zone': { type: 'string', default: 'UTC' },
      },
    });
    const { email, password, account, project, 'time-zone': zone } = values;
    if (email === undefined || !isEmail(email)) throw new Error('--email must be an e-mail address.');
    if (password !== undefined && password.length < 12) throw new Error('--password needs 12 characters.');
    return { email, password, account, project, zone };
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}
