import type { ScopeTarget } from '#libs/scopes/targets/scope-target.entity.js';
import type { ScopeTargetView } from './scope-target.dto.js';

export function toScopeTargetView(target: ScopeTarget): ScopeTargetView {
  const { id, type, scopeId, name, networkId, createdAt, updatedAt } = target;
  return {
    id,
    type,
    scopeId,
    name,
    networkId,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
