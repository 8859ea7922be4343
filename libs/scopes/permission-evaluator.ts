import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { Permission } from './permission.js';

/** Decides who may do what. The guard asks it for every request; nothing else decides. */
export abstract class PermissionEvaluator {
  abstract allows(principal: Principal, permission: Permission): boolean | Promise<boolean>;
}

const MEMBER: ReadonlySet<string> = new Set([
  Permission.AccountRead,
  Permission.ProjectsRead,
  Permission.IssuesRead,
  Permission.CategoriesRead,
]);
const PLATFORM: ReadonlySet<string> = new Set([Permission.PlatformManage]);

/** An owner may do everything inside the account, a member may look, an operator runs the platform. */
@Injectable()
export class RoleEvaluator extends PermissionEvaluator {
  allows(principal: Principal, permission: Permission): boolean {
    switch (principal.kind) {
      case 'user':
        if (PLATFORM.has(permission)) return principal.operator;
        return principal.role === 'owner' || MEMBER.has(permission);
      case 'client':
      case 'key':
        return principal.permissions.includes(permission);
      case 'system':
        return true;
    }
  }
}
