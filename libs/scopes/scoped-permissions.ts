import { Injectable } from '@nestjs/common';
import type { Principal, ServerPrincipal } from '#libs/accounts/principal.js';
import { UsersService } from '#libs/accounts/users.service.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decide, type Decision } from './evaluation/decide.js';
import type { HeldRole, Holdings } from './evaluation/holdings.js';
import { HoldingsStore } from './evaluation/holdings.store.js';
import { Permission } from './permission.js';
import { PermissionEvaluator } from './permission-evaluator.js';
import { GLOBAL, type Scope } from './scope.js';

/** The one engine that decides about permissions, for the management API and for whatever has scopes. */
@Injectable()
export class ScopedPermissions extends PermissionEvaluator {
  /** By user. */
  private readonly holdings: FreshCache<Holdings>;
  /** Default roles, by account and scope. */
  private readonly defaults: FreshCache<readonly HeldRole[]>;

  constructor(
    private readonly store: HoldingsStore,
    private readonly users: UsersService,
    private readonly clock: Clock,
    feed: ChangeFeed,
  ) {
    super();
    this.holdings = new FreshCache({
      feed,
      topic: ['scopes', 'user'],
      clearOn: ['role', 'account'],
      load: (userId) => this.store.ofUser(userId),
    });
    this.defaults = new FreshCache<readonly HeldRole[]>({
      feed,
      topic: 'role',
      clearOn: ['role', 'account'],
      load: (key) => {
        const [accountId, type, id] = JSON.parse(key) as [string, Scope['type'], string];
        return this.store.defaults(accountId, [{ type, id }]);
      },
    });
  }

  /** At once, and not by a promise, when what decides is in the caches. */
  override allows(
    principal: Principal,
    permission: Permission,
    scope: Scope = GLOBAL,
  ): boolean | Promise<boolean> {
    switch (principal.kind) {
      case 'user':
        return this.userAllows(principal.accountId, principal.id, permission, scope);
      case 'server':
        return principal.permissions.includes(permission) && isOwnScope(principal, scope);
      case 'client':
      case 'key':
        return principal.permissions.includes(permission);
      case 'system':
        return true;
    }
  }

  /** Whether a user of the account may do something; nobody is allowed anything who is unknown or switched off. */
  async allowsUser(
    accountId: string,
    userId: string,
    permission: Permission,
    scope: Scope = GLOBAL,
  ): Promise<boolean> {
    return (await this.decideFresh(accountId, userId, [permission], scope))[0]!.allowed;
  }

  /**
   * Why a user may, or may not, do something in a scope, as it stands in the store at this moment.
   * @throws DomainError not_found when the account has no such user
   */
  async explain(
    by: Principal,
    userId: string,
    permission: Permission,
    scope: Scope = GLOBAL,
  ): Promise<Decision> {
    await this.assertKnown(by, userId);
    return (await this.decideFresh(by.accountId, userId, [permission], scope))[0]!;
  }

  /**
   * What decides about each permission there is, in one scope.
   * @throws DomainError not_found when the account has no such user
   */
  async effective(
    by: Principal,
    userId: string,
    scope: Scope = GLOBAL,
  ): Promise<{ permission: Permission; decision: Decision }[]> {
    await this.assertKnown(by, userId);
    const permissions = Object.values(Permission);
    const decisions = await this.decideFresh(by.accountId, userId, permissions, scope);
    return permissions.map((permission, index) => ({ permission, decision: decisions[index]! }));
  }

  private async assertKnown(by: Principal, userId: string): Promise<void> {
    if (!isUuid(userId)) throw new DomainError('not_found', 'user', 'There is no user with this id.');
    await this.users.get(by, userId);
  }

  private userAllows(
    accountId: string,
    userId: string,
    permission: Permission,
    scope: Scope,
  ): boolean | Promise<boolean> {
    const held = this.holdings.get(userId);
    const defaults = this.defaultsOf(accountId, scope);
    if (held instanceof Promise || defaults instanceof Promise) {
      return Promise.all([held, defaults]).then(([all, local]) =>
        this.decided(all, local, permission, scope),
      );
    }
    return this.decided(held, defaults, permission, scope);
  }

  private decided(held: Holdings, local: readonly HeldRole[], permission: Permission, scope: Scope): boolean {
    const all = local.length > 0 ? { ...held, defaults: [...held.defaults, ...local] } : held;
    return decide(all, permission, scope, this.clock.now().getTime()).allowed;
  }

  private defaultsOf(
    accountId: string,
    { type, id }: Scope,
  ): readonly HeldRole[] | Promise<readonly HeldRole[]> {
    return type === 'global' ? [] : this.defaults.get(JSON.stringify([accountId, type, id]));
  }

  private async decideFresh(
    accountId: string,
    userId: string,
    permissions: readonly Permission[],
    scope: Scope,
  ): Promise<Decision[]> {
    const held = await this.store.ofUser(userId, accountId);
    const local = scope.type === 'global' ? [] : await this.store.defaults(accountId, [scope]);
    const now = this.clock.now().getTime();
    const all = { ...held, defaults: [...held.defaults, ...local] };
    return permissions.map((permission) => decide(all, permission, scope, now));
  }
}

/** A server reaches its own scope and its network's, and no other. */
function isOwnScope({ serverId, networkId }: ServerPrincipal, { type, id }: Scope): boolean {
  if (type === 'server') return id === serverId;
  return type === 'network' && networkId !== null && id === networkId;
}
