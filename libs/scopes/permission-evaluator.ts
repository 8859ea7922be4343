import type { Principal } from '#libs/accounts/principal.js';
import type { Permission } from './permission.js';
import type { Scope } from './scope.js';

/** Decides who may do what. The guard asks it for every request; nothing else decides. */
export abstract class PermissionEvaluator {
  /**
   * At once when all that it takes is at hand.
   * @param scope left out: the global one, which is where the account itself is managed
   */
  abstract allows(principal: Principal, permission: Permission, scope?: Scope): boolean | Promise<boolean>;
}
