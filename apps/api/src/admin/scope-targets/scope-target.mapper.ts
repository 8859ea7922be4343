import type { ScopeTarget } from '#libs/scopes/targets/scope-target.entity.js';
import { toTimes } from '../admin.mapper.js';
import type { ScopeTargetView } from './scope-target.dto.js';

export function toScopeTargetView(target: ScopeTarget): ScopeTargetView {
  const { id, type, scopeId, name, networkId } = target;
  return { id, type, scopeId, name, networkId, ...toTimes(target) };
}
