import type { AdminClient } from '#test/support/admin.js';
import { attach, createFeedback, tokenOf } from '#test/support/insider-connect.js';
import type { SeededAccount } from '#test/support/seed.js';
import type { TestApp } from '#test/support/test-app.js';

export async function feedback(app: TestApp, admin: AdminClient, account: SeededAccount): Promise<void> {
  const path = '/api/admin/feedback';
  const client = await app.seed.client({ account });
  const token = await tokenOf(app, client);
  const { data: id } = (await (await createFeedback(app, token)).json()) as { data: number };
  await attach(app, token, id, [
    { name: 'a.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7\n%%EOF\n') },
  ]);
  await admin.call('GET', `${path}?projectId=${client.projectId}`);
  await admin.call('GET', `${path}?projectId=999999`);
  await admin.call('GET', `${path}?status=DONE`);
  await admin.call('GET', `${path}/facets`);
  const item = await admin.json<{ attachments: { url: string }[] }>('GET', `${path}/${id}`);
  await admin.call('GET', `${path}/999999999`);
  await admin.call('GET', item.attachments[0]!.url);
  await admin.call('PATCH', `${path}/${id}`, { status: 'ACKNOWLEDGED', labels: ['documented'] });
  await admin.call('PATCH', `${path}/${id}`, { status: null });
  await admin.call('GET', `${path}/${id}/history`);
  await admin.call('POST', `${path}/bulk`, { ids: [id, 999_999_999], change: { status: 'RESOLVED' } });
  await admin.call('POST', `${path}/bulk`, { ids: [] });
}
