import type { Account } from '#libs/accounts/account.entity.js';
import type { User } from '#libs/accounts/user.entity.js';
import type { OAuthClientSecret } from '#libs/auth/oauth-client-secret.entity.js';
import type { OAuthClientView as ClientWithSecrets } from '#libs/auth/oauth-clients.service.js';
import type { Page } from '#libs/platform/paging/page.js';
import type { Project } from '#libs/projects/project.entity.js';
import type { AccountView } from './dto/account.dto.js';
import type { IssuedSecretView, OAuthClientView, SecretView } from './dto/oauth-client.dto.js';
import type { ProjectView } from './dto/project.dto.js';
import type { UserView } from './dto/user.dto.js';

export function toPageView<T, V>(
  page: Page<T>,
  view: (item: T) => V,
): { items: V[]; nextCursor: string | null } {
  return { items: page.items.map(view), nextCursor: page.next };
}

export function toAccountView({ id, name, active, createdAt, updatedAt }: Account): AccountView {
  return { id, name, active, ...times({ createdAt, updatedAt }) };
}

export function toUserView(user: User): UserView {
  const { id, accountId, email, name, role, operator, active } = user;
  return { id, accountId, email, name, role, operator, active, ...times(user) };
}

export function toProjectView(project: Project): ProjectView {
  const { id, name, description, timeZone, archivedAt } = project;
  return { id, name, description, timeZone, archived: archivedAt !== null, ...times(project) };
}

export function toOAuthClientView({ client, secrets }: ClientWithSecrets): OAuthClientView {
  const { id, name, projectId, channelId, permissions, active } = client;
  return {
    id,
    name,
    projectId,
    channelId,
    permissions,
    active,
    secrets: secrets.map(toSecretView),
    ...times(client),
  };
}

/** A secret of a client or of a server. */
type Secret = Omit<OAuthClientSecret, 'clientId'>;

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

function times({ createdAt, updatedAt }: { createdAt: Date; updatedAt: Date }) {
  return { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
