import type { GrantChange } from '#libs/scopes/grants/grants.service.js';
import type { PermissionGrant } from '#libs/scopes/grants/permission-grant.entity.js';
import { toTimes } from '../admin.mapper.js';
import type { GrantView, PutGrantBody } from './grant.dto.js';

export function fromGrantBody({ negated, expiresAt }: PutGrantBody): GrantChange {
  return { negated, expiresAt: expiresAt == null ? expiresAt : new Date(expiresAt) };
}

export function toGrantView(grant: PermissionGrant): GrantView {
  const { permission, negated, expiresAt } = grant;
  return { permission, negated, expiresAt: expiresAt?.toISOString() ?? null, ...toTimes(grant) };
}
