import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { randomSecret } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { Authority } from '#libs/scopes/authority.js';
import { Permission } from '#libs/scopes/permission.js';
import { endingSecrets, KEEP_DEAD, toSecret } from '../secrets/rotation.js';
import type { OAuthClient } from './oauth-client.entity.js';
import type { OAuthClientSecret } from './oauth-client-secret.entity.js';
import { OAuthClientsStore } from './oauth-clients.store.js';

/** What a client may be allowed. */
export const CLIENT_PERMISSIONS = [Permission.FeedbackRead, Permission.FeedbackWrite] as const;
export type ClientPermission = (typeof CLIENT_PERMISSIONS)[number];

export interface NewOAuthClient {
  readonly name: string;
  readonly projectId: number;
  readonly channelId: number;
  readonly permissions: readonly ClientPermission[];
}

export interface OAuthClientChange {
  readonly name?: string | undefined;
  readonly permissions?: readonly ClientPermission[] | undefined;
  readonly active?: boolean | undefined;
}

/** A client and its secrets, without the secrets themselves. */
export interface OAuthClientView {
  readonly client: OAuthClient;
  readonly secrets: readonly OAuthClientSecret[];
}

/** A secret that was just made: the only moment at which it can be read. */
export interface IssuedSecret {
  readonly secret: OAuthClientSecret;
  readonly value: string;
}

@Injectable()
export class OAuthClientsService {
  constructor(
    private readonly store: OAuthClientsStore,
    private readonly authority: Authority,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * Makes a client with its first secret. The channel must be one of the caller's account.
   * @throws DomainError forbidden when the caller lacks a permission that the client gets
   */
  create(by: Principal, input: NewOAuthClient): Promise<{ client: OAuthClient; issued: IssuedSecret }> {
    return this.db.transaction(async () => {
      await this.authority.assertHolds(by, input.permissions);
      const now = this.clock.now();
      const client: OAuthClient = {
        id: uuidv7(now.getTime()),
        accountId: by.accountId,
        projectId: input.projectId,
        channelId: input.channelId,
        name: input.name,
        permissions: [...input.permissions],
        active: true,
        createdAt: now,
        updatedAt: now,
      };
      await this.store.insert(client);
      const issued = await this.issue(client.id, now);
      await this.announce(by, client, 'oauth-client.created', { secretId: issued.secret.id });
      return { client, issued };
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<OAuthClientView> {
    const client = await this.owned(by, id);
    return { client, secrets: await this.store.secrets([id]) };
  }

  async page(by: Principal, request: PageRequest): Promise<Page<OAuthClientView>> {
    const { items, next } = await this.store.page(by.accountId, request);
    const secrets = items.length > 0 ? await this.store.secrets(items.map(({ id }) => id)) : [];
    return {
      items: items.map((client) => ({
        client,
        secrets: secrets.filter(({ clientId }) => clientId === client.id),
      })),
      next,
    };
  }

  /**
   * Changes a client; one that is switched off loses its tokens within two seconds.
   * @throws DomainError not_found, forbidden when the caller lacks a permission that the client gets
   */
  update(by: Principal, id: string, change: OAuthClientChange): Promise<OAuthClientView> {
    return this.db.transaction(async () => {
      const client = await this.owned(by, id);
      await this.authority.assertHolds(by, change.permissions ?? []);
      await this.store.update({
        ...client,
        name: change.name ?? client.name,
        permissions: [...(change.permissions ?? client.permissions)],
        active: change.active ?? client.active,
        updatedAt: nextUpdate(this.clock.now(), client.updatedAt),
      });
      await this.announce(by, client, 'oauth-client.updated', { members: changedMembers(change) });
      return this.get(by, id);
    });
  }

  /**
   * Makes another secret; with `overlapSeconds` the ones before it end after that time.
   * @throws DomainError not_found, conflict when two are active and none of them ends, forbidden when the caller lacks
   * a permission of the client
   */
  rotateSecret(by: Principal, id: string, overlapSeconds?: number | null): Promise<IssuedSecret> {
    return this.db.transaction(async () => {
      const client = await this.owned(by, id);
      await this.authority.assertHolds(by, client.permissions);
      await this.store.lock(id);
      const now = this.clock.now();
      await this.store.removeDeadSecrets(id, now, KEEP_DEAD);
      for (const secret of endingSecrets('client', await this.store.secrets([id]), now, overlapSeconds)) {
        await this.store.updateSecret(secret);
      }
      const issued = await this.issue(id, now);
      await this.announce(by, client, 'oauth-client.secret-created', { secretId: issued.secret.id });
      return issued;
    });
  }

  /** Ends a secret and every token that it got, within two seconds. @throws DomainError not_found */
  revokeSecret(by: Principal, id: string, secretId: string): Promise<void> {
    return this.db.transaction(async () => {
      const client = await this.owned(by, id);
      await this.store.lock(id);
      const secret = (await this.store.secrets([id])).find((one) => one.id === secretId);
      if (!secret) throw new DomainError('not_found', 'secret', 'This client has no secret with this id.');
      if (secret.revokedAt) return;
      await this.store.updateSecret({ ...secret, revokedAt: this.clock.now() });
      await this.announce(by, client, 'oauth-client.secret-revoked', { secretId });
    });
  }

  private async owned(by: Principal, id: string): Promise<OAuthClient> {
    const client = await this.store.find(by.accountId, id);
    if (!client) throw new DomainError('not_found', 'client', 'There is no OAuth client with this id.');
    return client;
  }

  private async issue(clientId: string, now: Date): Promise<IssuedSecret> {
    const value = randomSecret('chsec');
    const secret = { ...toSecret(value, now), clientId };
    await this.store.insertSecret(secret);
    return { secret, value };
  }

  private async announce(
    by: Principal,
    client: OAuthClient,
    type: string,
    data: Record<string, unknown>,
  ): Promise<void> {
    await this.changes.announce('oauth_client', client.id);
    await this.events.append([
      {
        type,
        accountId: client.accountId,
        projectId: client.projectId,
        actor: by,
        subjectId: client.id,
        data,
      },
    ]);
  }
}
