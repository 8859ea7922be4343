import { Injectable } from '@nestjs/common';
import type { Account } from '#libs/accounts/account.entity.js';
import { AccountsService } from '#libs/accounts/accounts.service.js';
import type { Principal, SystemPrincipal } from '#libs/accounts/principal.js';
import type { User } from '#libs/accounts/user.entity.js';
import { type NewUser, UsersService } from '#libs/accounts/users.service.js';
import type { ApiKey } from '#libs/auth/api-keys/api-key.entity.js';
import { ApiKeysService, type NewApiKey } from '#libs/auth/api-keys/api-keys.service.js';
import type { OAuthClient } from '#libs/auth/oauth-clients/oauth-client.entity.js';
import {
  type ClientPermission,
  type IssuedSecret,
  OAuthClientsService,
} from '#libs/auth/oauth-clients/oauth-clients.service.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { SourcesService } from '#libs/import/sources.service.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError, type Violation } from '#libs/platform/errors/domain-error.js';
import { RolesService } from '#libs/scopes/roles/roles.service.js';
import { CHANNEL_FIELDS } from '#apps/api/src/dialects/insider-connect/channel-schema.js';
import { NAME as INSIDER_CONNECT } from '#apps/api/src/dialects/insider-connect/insider-connect.name.js';
import { API_KEY_KINDS, type ApiKeyDialect, type ApiKeyKind } from './api-key-kinds.js';

/** A key that is asked for; a level left out is the first one that its public API knows. */
export interface NewKey extends Omit<NewApiKey, 'value' | 'permissions' | 'dialect'> {
  readonly dialect: ApiKeyDialect;
  readonly level?: string | undefined;
}

/** Makes things that belong together in one transaction, for the management API, the command line and the demo. */
@Injectable()
export class ProvisioningService {
  constructor(
    private readonly db: Database,
    private readonly accounts: AccountsService,
    private readonly users: UsersService,
    private readonly channels: ChannelsService,
    private readonly clients: OAuthClientsService,
    private readonly keys: ApiKeysService,
    private readonly sources: SourcesService,
    private readonly roles: RolesService,
  ) {}

  /** An account with its first owner. `by` is left out when the house itself makes its first one. */
  account(
    by: Principal | undefined,
    name: string,
    owner: Omit<NewUser, 'role'>,
  ): Promise<{ account: Account; owner: User; system: SystemPrincipal }> {
    return this.db.transaction(async () => {
      const account = await this.accounts.create(by, { name });
      const system: SystemPrincipal = { kind: 'system', id: null, accountId: account.id };
      await this.roles.createBuiltIn(system);
      const user = await this.users.create(by ?? system, account.id, { ...owner, role: 'owner' });
      return { account, owner: user, system };
    });
  }

  /**
   * A key for one of the public APIs that are called with one. @returns the key as stored, and its value
   * @throws DomainError not_found (project, source), invalid (a member that keys of this public API need or do not have)
   */
  async apiKey(by: Principal, input: NewKey): Promise<{ key: ApiKey; value: string }> {
    const kind: ApiKeyKind = API_KEY_KINDS[input.dialect];
    const violations: Violation[] = [];
    if (kind.bound === 'project' && input.projectId === undefined)
      violations.push({ field: 'projectId', message: 'A key of this public API belongs to a project.' });
    if (kind.bound === 'account' && input.projectId !== undefined)
      violations.push({ field: 'projectId', message: 'A key of this public API belongs to the account.' });
    if (!kind.sources && input.sourceIds)
      violations.push({ field: 'sourceIds', message: 'A key of this public API has no sources.' });
    const level = input.level ?? Object.keys(kind.levels)[0]!;
    const permissions = kind.levels[level];
    if (!permissions)
      violations.push({
        field: 'level',
        message: `level must be one of ${Object.keys(kind.levels).join(', ')}.`,
      });
    if (violations.length > 0)
      throw new DomainError('invalid', 'api-key', violations[0]!.message, { violations });
    // A key for a source that is not there would open nothing, and not say why.
    for (const id of input.sourceIds ?? []) await this.sources.get(by, id);
    const value = kind.make();
    return { key: await this.keys.create(by, { ...input, value, permissions: permissions! }), value };
  }

  /** An OAuth client with a channel of its own. @throws DomainError not_found (project), conflict */
  oauthClient(
    by: Principal,
    input: {
      readonly name: string;
      readonly projectId: number;
      readonly permissions: readonly ClientPermission[];
    },
  ): Promise<{ client: OAuthClient; issued: IssuedSecret }> {
    return this.db.transaction(async () => {
      const channel = await this.channels.create(by, input.projectId, {
        name: input.name,
        dialect: INSIDER_CONNECT,
        fields: CHANNEL_FIELDS,
      });
      return this.clients.create(by, { ...input, channelId: channel.id });
    });
  }
}
