import { Injectable } from '@nestjs/common';
import type { Account } from '#libs/accounts/account.entity.js';
import { AccountsService } from '#libs/accounts/accounts.service.js';
import type { Principal, SystemPrincipal } from '#libs/accounts/principal.js';
import type { User } from '#libs/accounts/user.entity.js';
import { type NewUser, UsersService } from '#libs/accounts/users.service.js';
import type { OAuthClient } from '#libs/auth/oauth-client.entity.js';
import {
  type ClientPermission,
  type IssuedSecret,
  OAuthClientsService,
} from '#libs/auth/oauth-clients.service.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { Database } from '#libs/platform/database/database.js';
import { CHANNEL_FIELDS } from '#apps/api/src/dialects/insider-connect/channel-schema.js';
import { NAME as INSIDER_CONNECT } from '#apps/api/src/dialects/insider-connect/insider-connect.name.js';

/** Makes things that belong together in one transaction, for the management API, the command line and the demo. */
@Injectable()
export class ProvisioningService {
  constructor(
    private readonly db: Database,
    private readonly accounts: AccountsService,
    private readonly users: UsersService,
    private readonly channels: ChannelsService,
    private readonly clients: OAuthClientsService,
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
      const user = await this.users.create(by ?? system, account.id, { ...owner, role: 'owner' });
      return { account, owner: user, system };
    });
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
