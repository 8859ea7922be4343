import { Permission } from '../permission.js';
import { covers } from '../permission-nodes.js';
import type { Scope } from '../scope.js';
import type { HeldGrant, HeldRole, Holdings } from './holdings.js';

/** Whether a user may do something, and what decided it. */
export interface Decision {
  readonly allowed: boolean;
  readonly by: 'grant' | 'role' | 'default' | 'operator' | 'nothing';
  /** The grant that decided, which may be a denial. */
  readonly grant: HeldGrant | null;
  /** The role that decided: one that the user has, or the default of a scope. */
  readonly role: HeldRole | null;
}

const DENIED: Decision = { allowed: false, by: 'nothing', grant: null, role: null };
const OPERATOR: Decision = { allowed: true, by: 'operator', grant: null, role: null };

/**
 * Decides whether a user may do something in a scope. A denial wins over all; then a direct grant or a global role
 * allows everywhere, a role allows in the very scope that it names, and default roles do the same for every user.
 * Nothing is inherited between scopes: a network's role says nothing about the servers in it.
 * @param now milliseconds since 1970: what ended by then does not count
 */
export function decide(held: Holdings, permission: Permission, scope: Scope, now: number): Decision {
  if (permission === Permission.PlatformManage) return held.operator ? OPERATOR : DENIED;

  let positive: HeldGrant | null = null;
  for (const grant of held.grants) {
    if (grant.permission !== permission || (grant.expiresAt !== null && grant.expiresAt <= now)) continue;
    if (grant.negated) return { allowed: false, by: 'grant', grant, role: null };
    positive = grant;
  }
  if (positive) return { allowed: true, by: 'grant', grant: positive, role: null };

  const role = allowing(held.roles, permission, scope);
  if (role) return { allowed: true, by: 'role', grant: null, role };
  const fallback = allowing(held.defaults, permission, scope);
  if (fallback) return { allowed: true, by: 'default', grant: null, role: fallback };
  return DENIED;
}

/** The first role that allows here; a global one is named before one of the scope. */
function allowing(roles: readonly HeldRole[], permission: Permission, scope: Scope): HeldRole | undefined {
  let local: HeldRole | undefined;
  for (const role of roles) {
    const global = role.scope.type === 'global';
    if (!global && (local || role.scope.type !== scope.type || role.scope.id !== scope.id)) continue;
    if (!role.permissions.some((node) => covers(node, permission))) continue;
    if (global) return role;
    local = role;
  }
  return local;
}
