import type { AdminClient } from '#test/support/admin.js';

export async function issues(admin: AdminClient, projectId: number): Promise<void> {
  const categories = `/api/admin/projects/${projectId}/categories`;
  const category = await admin.json<{ id: number }>('POST', categories, { name: 'Billing' });
  await admin.call('POST', categories, { name: 'Billing' });
  await admin.call('GET', categories);
  await admin.call('GET', `${categories}/${category.id}`);
  await admin.call('PATCH', `${categories}/${category.id}`, { name: 'Money' });
  const path = `/api/admin/projects/${projectId}/issues`;
  const issue = await admin.json<{ id: number }>('POST', path, { name: 'Pay', categoryId: category.id });
  await admin.call('POST', path, { name: '' });
  await admin.call('GET', `${path}?status=INIT&categoryId=${category.id}&search=pay`);
  await admin.call('GET', `${path}/${issue.id}`);
  await admin.call('GET', `${path}/999999`);
  await admin.call('PATCH', `${path}/${issue.id}`, { status: 'RESOLVED' });
  await admin.call('DELETE', `${path}/${issue.id}`);
  await admin.call('DELETE', `${categories}/${category.id}`);
}
