import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AccountsService } from '#libs/accounts/accounts.service.js';
import { randomSecret } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { DemoCredentials } from '../credentials-file.js';
import { ProvisioningService } from '../provisioning.service.js';
import { DEMO_SECTIONS } from './demo-sections.js';
import type { DemoSection } from './demo-section.js';

const ADMIN_EMAIL = 'admin@demo.example';
/** Held while the first account is made: any number will do, as long as every process takes the same one. */
export const FIRST_ACCOUNT_LOCK = 4_207_849_312;

/** A workspace to try everything in, made on an empty database. */
@Injectable()
export class DemoWorkspace {
  constructor(
    private readonly db: Database,
    private readonly accounts: AccountsService,
    private readonly projects: ProjectsService,
    private readonly provisioning: ProvisioningService,
    private readonly modules: ModuleRef,
  ) {}

  /**
   * Makes the workspace and hands its credentials to `save` before the commit: they are readable or there is no
   * workspace. @returns false when the database was not empty
   */
  create(save: (credentials: DemoCredentials) => Promise<void>): Promise<boolean> {
    return this.db.transaction(async () => {
      await this.db.query('select pg_advisory_xact_lock($1)', [FIRST_ACCOUNT_LOCK]);
      if (!(await this.accounts.none())) return false;
      const password = randomSecret('demo');
      const { account, system } = await this.provisioning.account(undefined, 'Demo', {
        email: ADMIN_EMAIL,
        password,
        name: 'Demo Admin',
      });
      const project = await this.projects.create(system, { name: 'Demo', timeZone: 'UTC' });
      const credentials: Partial<DemoCredentials> = {
        admin: { email: ADMIN_EMAIL, password },
        account: { id: account.id },
      };
      for (const type of DEMO_SECTIONS) {
        const section: DemoSection = this.modules.get(type);
        Object.assign(credentials, await section.create({ system, projectId: project.id }));
      }
      await save(credentials as DemoCredentials);
      return true;
    });
  }
}
