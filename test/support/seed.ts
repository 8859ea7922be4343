import type { INestApplicationContext } from '@nestjs/common';
import type { SystemPrincipal } from '#libs/accounts/principal.js';
import { type NewUser, UsersService } from '#libs/accounts/users.service.js';
import { CLIENT_PERMISSIONS, type ClientPermission } from '#libs/auth/oauth-clients/oauth-clients.service.js';
import type { NewSource } from '#libs/import/sources.service.js';
import type { Project } from '#libs/projects/project.entity.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { type NewKey, ProvisioningService } from '#apps/api/src/provisioning/provisioning.service.js';
import { SourceProvisioning } from '#apps/api/src/provisioning/source-provisioning.js';

export const PASSWORD = 'correct horse battery staple';

export interface SeededAccount {
  readonly id: string;
  readonly system: SystemPrincipal;
  readonly owner: { readonly id: string; readonly email: string; readonly password: string };
}

export interface SeededClient {
  readonly account: SeededAccount;
  readonly projectId: number;
  readonly channelId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly secretId: string;
}

export interface SeededSource {
  readonly account: SeededAccount;
  readonly projectId: number;
  readonly channelId: number;
  readonly sourceId: string;
  readonly key: string;
}

/** Makes data through the services, with only what a suite cares for. */
export class Seed {
  private count = 0;

  constructor(private readonly app: INestApplicationContext) {}

  async account(options: { readonly operator?: boolean } = {}): Promise<SeededAccount> {
    const n = ++this.count;
    const email = `owner-${n}@example.com`;
    const { account, owner, system } = await this.app
      .get(ProvisioningService)
      .account(undefined, `Account ${n}`, { email, password: PASSWORD, ...options });
    return { id: account.id, system, owner: { id: owner.id, email, password: PASSWORD } };
  }

  async user({ system }: SeededAccount, input: Partial<NewUser> = {}) {
    const email = `user-${++this.count}@example.com`;
    const user = await this.app
      .get(UsersService)
      .create(system, system.accountId, { email, password: PASSWORD, role: 'member', ...input });
    return { id: user.id, email: user.email, password: input.password ?? PASSWORD };
  }

  project({ system }: SeededAccount): Promise<Project> {
    return this.app.get(ProjectsService).create(system, { name: `Project ${++this.count}`, timeZone: 'UTC' });
  }

  /** The value of a key. */
  async apiKey({ system }: SeededAccount, input: Omit<NewKey, 'name'>): Promise<string> {
    const key = { ...input, name: `Key ${++this.count}` };
    return (await this.app.get(ProvisioningService).apiKey(system, key)).value;
  }

  /** A source with a key of its account; without an account, in one of its own. */
  async source(
    options: Partial<NewSource> & { readonly account?: SeededAccount } = {},
  ): Promise<SeededSource> {
    const { account = await this.account(), ...input } = options;
    const projectId = input.projectId ?? (await this.project(account)).id;
    const source = await this.app
      .get(SourceProvisioning)
      .source(account.system, { title: `Source ${++this.count}`, ...input, projectId });
    const key = await this.apiKey(account, { dialect: 'source-import' });
    return { account, projectId, channelId: source.channelId, sourceId: source.id, key };
  }

  /** An OAuth client; without an account, in one of its own. */
  async client(
    options: {
      readonly account?: SeededAccount;
      readonly projectId?: number;
      readonly permissions?: readonly ClientPermission[];
    } = {},
  ): Promise<SeededClient> {
    const account = options.account ?? (await this.account());
    const projectId = options.projectId ?? (await this.project(account)).id;
    const { client, issued } = await this.app.get(ProvisioningService).oauthClient(account.system, {
      name: `Client ${++this.count}`,
      projectId,
      permissions: options.permissions ?? CLIENT_PERMISSIONS,
    });
    return {
      account,
      projectId,
      channelId: client.channelId,
      clientId: client.id,
      clientSecret: issued.value,
      secretId: issued.secret.id,
    };
  }
}
