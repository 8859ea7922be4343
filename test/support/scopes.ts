import type { AdminClient } from './admin.js';

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

/** What a role is made of, with what matters filled in: global, and without a permission. */
export function roleBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: 'Role', scope: 'global', permissions: [], ...changes };
}

/** A role in the scope of a server. */
export function serverRole(
  admin: AdminClient,
  server: string,
  permissions: readonly string[],
  changes: Record<string, unknown> = {},
): Promise<ShownRole> {
  const body = roleBody({ scope: 'server', scopeId: server, permissions, ...changes });
  return admin.json('POST', ROLES, body);
}

/** Gives a user a role. */
export async function assign(admin: AdminClient, userId: string, { id }: { id: string }): Promise<Response> {
  return admin.call('PUT', `/api/admin/users/${userId}/roles/${id}`);
}
