import type { Permission } from '../permission.js';
import type { Scope } from '../scope.js';

/** A direct grant of a user: it counts in every scope. */
export interface HeldGrant {
  readonly permission: Permission;
  /** True: denies, whatever else allows. */
  readonly negated: boolean;
  /** Milliseconds since 1970; null: never ends. */
  readonly expiresAt: number | null;
}

/** A role as far as it matters for a decision. */
export interface HeldRole {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  /** Permissions and wildcards. */
  readonly permissions: readonly string[];
}

/** All that decides what a user may do. */
export interface Holdings {
  /** True: runs the platform. */
  readonly operator: boolean;
  readonly grants: readonly HeldGrant[];
  /** The roles that the user has, in whatever scope. */
  readonly roles: readonly HeldRole[];
  /** The default roles of the account, as far as they are at hand: at least that of the scope and the global one. */
  readonly defaults: readonly HeldRole[];
}

/** Of somebody who is unknown, or switched off. */
export const NOTHING_HELD: Holdings = { operator: false, grants: [], roles: [], defaults: [] };
