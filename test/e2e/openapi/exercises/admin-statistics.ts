import type { AdminClient } from '#test/support/admin.js';

export async function statistics(admin: AdminClient, projectId: number): Promise<void> {
  for (const what of ['volume', 'handling', 'issues']) {
    await admin.call('GET', `/api/admin/statistics/${what}?projectId=${projectId}`);
    await admin.call('GET', `/api/admin/statistics/${what}?projectId=${projectId}&from=x`);
    await admin.call('GET', `/api/admin/statistics/${what}?projectId=999999`);
  }
}
