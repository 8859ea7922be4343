import { entities } from '#libs/entities.js';
import { AccountsService } from '#libs/accounts/accounts.service.js';
import { CLIENT_PERMISSIONS } from '#libs/auth/oauth-clients/oauth-clients.service.js';
import { loadEnvironment } from '#libs/platform/config/load-environment.js';
import { randomSecret } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import { PinoLogger } from '#libs/platform/logging/logger.js';
import { openDatabase } from '#libs/platform/runtime/open-database.js';
import { prepareRuntime } from '#libs/platform/runtime/prepare-runtime.js';
import { runProcess } from '#libs/platform/runtime/run-process.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { FIRST_ACCOUNT_LOCK } from './provisioning/demo/demo-workspace.js';
import { readProvisionArguments } from './provisioning/provision-arguments.js';
import { ProvisioningService } from './provisioning/provisioning.service.js';
import { createApp } from './start/create-app.js';
import { sayError } from './start/console.js';

/** Makes the first operator, account, project and OAuth client of an empty database, and prints their secrets once. */
await runProcess(sayError, async (onStop) => {
  const { email, password = randomSecret('pw'), account: name, project, timeZone } = readProvisionArguments();
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
  const db = app.get(Database);
  const made = await db.transaction(async () => {
    await db.query('select pg_advisory_xact_lock($1)', [FIRST_ACCOUNT_LOCK]);
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
    const { id: projectId } = await app.get(ProjectsService).create(system, { name: project, timeZone });
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
