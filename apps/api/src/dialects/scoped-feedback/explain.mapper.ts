import type { Decision } from '#libs/scopes/evaluation/decide.js';
import type { Scope } from '#libs/scopes/scope.js';
import type { ExplainQuery, ExplainView } from './dto/explain.dto.js';

export function toExplainView(
  { userId, node }: ExplainQuery,
  scope: Scope,
  { allowed, by, grant, role }: Decision,
): ExplainView {
  return {
    userId,
    node,
    scope,
    allowed,
    decidedBy: by,
    grant: grant && {
      node: grant.permission,
      negated: grant.negated,
      expiresAt: grant.expiresAt === null ? null : new Date(grant.expiresAt).toISOString(),
    },
    role: role && {
      id: role.id,
      name: role.name,
      scope: role.scope,
      permissions: [...role.permissions],
    },
  };
}
