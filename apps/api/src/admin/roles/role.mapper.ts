import type { RoleAssignment } from '#libs/scopes/roles/role-assignment.entity.js';
import type { Role } from '#libs/scopes/roles/role.entity.js';
import type { NewRole } from '#libs/scopes/roles/roles.service.js';
import { scopeOf } from '#libs/scopes/scope-of.js';
import type { Scope } from '#libs/scopes/scope.js';
import { toTimes } from '../admin.mapper.js';
import type { CreateRoleBody, RoleHolderView, RoleQuery, RoleView } from './role.dto.js';

/** @throws DomainError invalid when scope and id do not go together */
export function fromRoleBody({ scope, scopeId, ...role }: CreateRoleBody): NewRole {
  return { ...role, scope: scopeOf(scope, scopeId) };
}

/** @throws DomainError invalid when scope and id do not go together */
export function fromRoleQuery({ scope, scopeId }: RoleQuery): Scope | undefined {
  return scope === undefined && scopeId === undefined ? undefined : scopeOf(scope ?? 'global', scopeId);
}

export function toRoleView(role: Role): RoleView {
  const { id, name, description, scopeType, scopeId, permissions, isDefault, builtIn, creatorId } = role;
  return {
    id,
    name,
    description,
    scope: scopeType,
    scopeId,
    permissions,
    isDefault,
    builtIn: builtIn !== null,
    creatorId,
    ...toTimes(role),
  };
}

export function toRoleHolderView({ userId, createdAt }: RoleAssignment): RoleHolderView {
  return { userId, assignedAt: createdAt.toISOString() };
}
