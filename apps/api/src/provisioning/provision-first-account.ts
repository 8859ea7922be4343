import { AccountsService } from '#libs/accounts/accounts.service.js';
import { CLIENT_PERMISSIONS } from '#libs/auth/oauth-clients/oauth-clients.service.js';
import { randomSecret } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { StartupError } from '#libs/platform/errors/startup-error.js';
import type { PlatformParts } from '#libs/platform/platform.module.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { createApp } from '#apps/api/src/start/create-app.js';
import type { Credentials } from './credentials-file.js';
import { FIRST_ACCOUNT_LOCK } from './demo/demo-workspace.js';
import type { ProvisionArguments } from './provision-arguments.js';
import { ProvisioningService } from './provisioning.service.js';

/**
 * Makes the first operator, account, project and OAuth client.
 * @throws StartupError when the database has accounts
 */
export async function provisionFirstAccount(
  parts: PlatformParts,
  { email, password = randomSecret('pw'), account: name, project, timeZone }: ProvisionArguments,
): Promise<Pick<Credentials, 'admin' | 'account' | 'insiderConnect'>> {
  const app = await createApp(parts);
  await app.init();
  try {
    const provisioning = app.get(ProvisioningService);
    const db = app.get(Database);
    return await db.transaction(async () => {
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
  } finally {
    await app.close();
  }
}
