import type { AdminClient } from '#test/support/admin.js';

export async function contentSets(admin: AdminClient, projectId: number): Promise<void> {
  const path = '/api/admin/content-sets';
  const body = {
    projectId,
    key: 'articles',
    name: 'Articles',
    schema: 'reaction',
    config: { items: ['heart'] },
  };
  const set = await admin.json<{ id: string }>('POST', path, body);
  await admin.call('POST', path, body);
  await admin.call('POST', path, { ...body, schema: 'none' });
  await admin.call('GET', `${path}?projectId=${projectId}&state=active`);
  await admin.call('GET', `${path}/${set.id}`);
  const content = await admin.json<{ id: string }>('POST', `${path}/${set.id}/contents`, { key: 'a' });
  await admin.call('GET', `${path}/${set.id}/contents?state=active`);
  await admin.call('GET', `/api/admin/contents/${content.id}`);
  await admin.call('PATCH', `/api/admin/contents/${content.id}`, { state: 'inactive', title: 'A' });
  await admin.call('PATCH', `${path}/${set.id}`, { state: 'archived', revokeWindowSeconds: 60 });
  await admin.call('POST', `${path}/${set.id}/contents`, { key: 'b' });
}
