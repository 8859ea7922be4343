import type { Secret } from '#libs/auth/secrets/secret.entity.js';
import type { IssuedSecretView, SecretView } from './secret.dto.js';

export function toSecretView(secret: Secret): SecretView {
  return {
    id: secret.id,
    hint: secret.hint,
    createdAt: secret.createdAt.toISOString(),
    expiresAt: secret.expiresAt?.toISOString() ?? null,
    revokedAt: secret.revokedAt?.toISOString() ?? null,
    lastUsedAt: secret.lastUsedAt?.toISOString() ?? null,
  };
}

export function toIssuedSecretView({
  secret,
  value,
}: {
  readonly secret: Secret;
  readonly value: string;
}): IssuedSecretView {
  return { ...toSecretView(secret), secret: value };
}
