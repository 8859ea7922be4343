import type { ApiKey } from '#libs/auth/api-key.entity.js';
import { levelOf } from '#apps/api/src/provisioning/api-key-kinds.js';
import type { ApiKeyView } from './api-key.dto.js';

export function toApiKeyView(key: ApiKey): ApiKeyView {
  const { id, dialect, name, projectId, sourceIds, hint } = key;
  return {
    id,
    dialect,
    name,
    projectId,
    level: levelOf(dialect, key.permissions),
    sourceIds,
    hint,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}
