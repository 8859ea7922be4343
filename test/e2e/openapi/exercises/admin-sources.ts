import type { AdminClient } from '#test/support/admin.js';

export async function sources(admin: AdminClient, projectId: number): Promise<void> {
  const path = '/api/admin/sources';
  const body = { title: 'Old help desk', projectId, sensitivity: 'mask' };
  const source = await admin.json<{ id: string }>('POST', path, body);
  await admin.call('POST', path, body);
  await admin.call('POST', path, { title: '', projectId: 0, timeZone: '+01:00', sensitivity: 'some' });
  await admin.call('GET', path);
  await admin.call('GET', `${path}?projectId=${projectId}`);
  await admin.call('GET', `${path}/${source.id}`);
  await admin.call('PATCH', `${path}/${source.id}`, { archived: true });
  await admin.call('GET', `${path}/${source.id}/imports`);
  await admin.call('GET', `${path}/00000000-0000-7000-8000-000000000000/imports`);
}
