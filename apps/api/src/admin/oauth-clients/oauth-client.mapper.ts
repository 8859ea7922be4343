import type { OAuthClientView as ClientWithSecrets } from '#libs/auth/oauth-clients/oauth-clients.service.js';
import { toTimes } from '../admin.mapper.js';
import { toSecretView } from '../secrets/secret.mapper.js';
import type { OAuthClientView } from './oauth-client.dto.js';

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
    ...toTimes(client),
  };
}
