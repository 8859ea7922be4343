import type { ApiKey } from '#libs/auth/api-keys/api-key.entity.js';
import { levelOf } from '#apps/api/src/provisioning/api-key-kinds.js';
import { toSecretView } from '../secrets/secret.mapper.js';
import type { ApiKeyView } from './api-key.dto.js';

export function toApiKeyView(key: ApiKey): ApiKeyView {
  const { dialect, name, projectId, sourceIds } = key;
  return {
    ...toSecretView(key),
    dialect,
    name,
    projectId,
    level: levelOf(dialect, key.permissions),
    sourceIds,
  };
}
