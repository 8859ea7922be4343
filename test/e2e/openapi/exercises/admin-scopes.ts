import type { AdminClient } from '#test/support/admin.js';

/** Roles, grants, targets and secrets of servers. */
export async function scopes(admin: AdminClient, userId: string): Promise<void> {
  const user = `/api/admin/users/${userId}`;
  const roles = '/api/admin/roles';
  const role = await admin.json<{ id: string }>('POST', roles, {
    name: 'Moderators',
    scope: 'server',
    scopeId: 'lobby-1',
    permissions: ['feedback:*'],
  });
  await admin.call('POST', roles, { name: 'x', scope: 'server', permissions: [] });
  await admin.call('GET', `${roles}?scope=server&scopeId=lobby-1`);
  await admin.call('GET', `${roles}/${role.id}`);
  await admin.call('PATCH', `${roles}/${role.id}`, { isDefault: true });
  await admin.call('PUT', `${user}/roles/${role.id}`);
  await admin.call('GET', `${user}/roles`);
  await admin.call('GET', `${roles}/${role.id}/users`);
  await admin.call('DELETE', `${user}/roles/${role.id}`);

  await admin.call('POST', `${user}/grants`, {
    permission: 'feedback:read',
    expiresAt: '2099-01-01T00:00:00Z',
  });
  await admin.call('GET', `${user}/grants`);
  await admin.call('GET', '/api/admin/permissions');
  await admin.call('GET', `${user}/permissions?scope=server&scopeId=lobby-1`);
  await admin.call('GET', `${user}/permissions/feedback:edit?scope=server&scopeId=lobby-1`);
  await admin.call('GET', `${user}/permissions/feedback:read`);
  await admin.call('DELETE', `${user}/grants/feedback:read`);
  await admin.call('DELETE', `${user}/grants/feedback:read`);
  await admin.call('DELETE', `${roles}/${role.id}`);

  const targets = '/api/admin/scope-targets';
  const network = await admin.json<{ id: string }>('POST', targets, { type: 'network', name: 'Network' });
  const server = await admin.json<{ id: string }>('POST', targets, {
    type: 'server',
    name: 'Lobby',
    scopeId: 'lobby-1',
    networkId: network.id,
  });
  await admin.call('GET', `${targets}?type=server&networkId=${network.id}`);
  await admin.call('GET', `${targets}/${server.id}`);
  await admin.call('PATCH', `${targets}/${server.id}`, { name: 'Lobby 1' });
  const secrets = `${targets}/${server.id}/secrets`;
  const secret = await admin.json<{ id: string }>('POST', secrets, { overlapSeconds: 60 });
  await admin.call('GET', secrets);
  await admin.call('DELETE', `${secrets}/${secret.id}`);
  await admin.call('DELETE', `${targets}/${network.id}`);
  await admin.call('DELETE', `${targets}/${server.id}`);
}
