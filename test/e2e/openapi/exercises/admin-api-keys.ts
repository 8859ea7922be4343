import type { AdminClient } from '#test/support/admin.js';

export async function apiKeys(admin: AdminClient): Promise<void> {
  const path = '/api/admin/api-keys';
  const key = await admin.json<{ id: string }>('POST', path, { dialect: 'feelback', name: 'Widget' });
  await admin.call('POST', path, { dialect: 'user-feedback', name: 'No project' });
  await admin.call('GET', path);
  await admin.call('GET', `${path}/${key.id}`);
  await admin.call('PATCH', `${path}/${key.id}`, { expiresAt: '2099-01-01T00:00:00Z' });
  await admin.call('DELETE', `${path}/${key.id}`);
}
