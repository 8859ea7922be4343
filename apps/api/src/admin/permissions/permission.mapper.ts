import type { Decision } from '#libs/scopes/evaluation/decide.js';
import { GRANTABLE, PERMISSION_MEANINGS } from '#libs/scopes/permission-nodes.js';
import { Permission } from '#libs/scopes/permission.js';
import type { DecisionView, PermissionList } from './permission.dto.js';

export function toPermissionList(): PermissionList {
  return {
    items: Object.values(Permission).map((permission) => ({
      permission,
      description: PERMISSION_MEANINGS[permission],
      grantable: GRANTABLE.includes(permission),
    })),
  };
}

export function toDecisionView(permission: Permission, decision: Decision): DecisionView {
  const { allowed, by, grant, role } = decision;
  return {
    permission,
    allowed,
    decidedBy: by,
    grant: grant && {
      negated: grant.negated,
      expiresAt: grant.expiresAt === null ? null : new Date(grant.expiresAt).toISOString(),
    },
    role: role && { id: role.id, name: role.name, scope: role.scope.type, scopeId: role.scope.id },
  };
}
