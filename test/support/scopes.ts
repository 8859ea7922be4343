import type { Permission } from '#libs/scopes/permission.js';
import { ScopedPermissions } from '#libs/scopes/scoped-permissions.js';
import { AdminClient } from './admin.js';
import type { SeededAccount } from './seed.js';
import type { TestApp } from './test-app.js';

export interface ShownRole {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly scopeId: string | null;
  readonly permissions: string[];
  readonly isDefault: boolean;
  readonly builtIn: boolean;
  readonly creatorId: string | null;
  readonly updatedAt: string;
}

export interface ShownTarget {
  readonly id: string;
  readonly type: string;
  readonly scopeId: string;
  readonly name: string;
  readonly networkId: string | null;
}

export interface ShownDecision {
  readonly permission: string;
  readonly allowed: boolean;
  readonly decidedBy: string;
  readonly grant: { readonly negated: boolean } | null;
  readonly role: { readonly id: string; readonly name: string } | null;
}

export const ROLES = '/api/admin/roles';
export const TARGETS = '/api/admin/scope-targets';

/** One page of a list. */
export interface Listed<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** What a role is made of, with what matters filled in: global, and without a permission. */
export function roleBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: 'Role', scope: 'global', permissions: [], ...changes };
}

/** A member who signed in. */
export interface Member {
  readonly id: string;
  readonly client: AdminClient;
}

/** What suites do with permissions, as the owner of an account. */
export class ScopesApi {
  private constructor(
    private readonly app: TestApp,
    readonly account: SeededAccount,
    readonly owner: AdminClient,
  ) {}

  static async of(app: TestApp): Promise<ScopesApi> {
    const account = await app.seed.account();
    return new ScopesApi(app, account, await AdminClient.signIn(app, account.owner));
  }

  /** A member who signed in, with these grants. */
  async member(...permissions: Permission[]): Promise<Member> {
    const user = await this.app.seed.user(this.account);
    for (const permission of permissions) await this.grant(user.id, { permission });
    return { id: user.id, client: await AdminClient.signIn(this.app, user) };
  }

  /** A global role. */
  globalRole(changes: Record<string, unknown> = {}): Promise<ShownRole> {
    return this.owner.json('POST', ROLES, roleBody(changes));
  }

  /** A role in the scope of a server. */
  serverRole(
    server: string,
    permissions: readonly string[],
    changes: Record<string, unknown> = {},
  ): Promise<ShownRole> {
    return this.globalRole({ scope: 'server', scopeId: server, permissions, ...changes });
  }

  assign(userId: string, { id }: { readonly id: string }): Promise<Response> {
    return this.owner.call('PUT', `/api/admin/users/${userId}/roles/${id}`);
  }

  grant(userId: string, body: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.owner.json('POST', `/api/admin/users/${userId}/grants`, body);
  }

  /** @param scope a query, `?scope=server&scopeId=a` */
  explain(userId: string, permission: string, scope = ''): Promise<ShownDecision> {
    return this.owner.json('GET', `/api/admin/users/${userId}/permissions/${permission}${scope}`);
  }

  /** What a process decides about a user, by its caches. @param server left out: globally */
  async allows(
    userId: string,
    permission: Permission,
    server?: string,
    on: TestApp = this.app,
  ): Promise<boolean> {
    const accountId = this.account.id;
    const user = { kind: 'user', id: userId, accountId, role: 'member', operator: false } as const;
    const scope = server === undefined ? undefined : ({ type: 'server', id: server } as const);
    return on.server.app.get(ScopedPermissions).allows(user, permission, scope);
  }
}
