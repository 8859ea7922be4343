import { AdminClient, signIn } from '#test/support/admin.js';
import { apiKeys } from './admin-api-keys.js';
import { feedback } from './admin-feedback.js';
import { statistics } from './admin-statistics.js';
import { fields } from './admin-fields.js';
import { issues } from './admin-issues.js';
import { scopes } from './admin-scopes.js';
import { contentSets } from './admin-content-sets.js';
import { sources } from './admin-sources.js';
import type { Exercise } from './exercise.js';

export const admin: Exercise = async ({ app, api }) => {
  const account = await app.seed.account({ operator: true });
  const admin = await AdminClient.signIn(api, account.owner);
  const id = '00000000-0000-7000-8000-000000000000';
  await signIn(api, { email: account.owner.email, password: 'wrong' });
  await signIn(api, { email: 'no address', password: '' });
  await admin.call('GET', '/api/auth/me');
  await api.fetch('/api/auth/me');
  const project = await admin.json<{ id: number }>('POST', '/api/admin/projects', { name: 'Documented' });
  await admin.call('POST', '/api/admin/projects', { name: 'Documented' });
  await admin.call('POST', '/api/admin/projects', { name: '' });
  for (const path of [
    '/api/admin/projects',
    `/api/admin/projects/${project.id}`,
    '/api/admin/projects/999999',
    '/api/admin/projects/x',
    '/api/admin/projects?limit=1',
    '/api/admin/projects?limit=0',
    '/api/admin/accounts',
    `/api/admin/accounts/${account.id}`,
    '/api/admin/users',
    `/api/admin/users/${account.owner.id}`,
    `/api/admin/users/${id}`,
  ]) {
    await admin.call('GET', path);
  }
  await admin.call('PATCH', `/api/admin/projects/${project.id}`, { description: 'x' });
  await admin.call('POST', '/api/admin/accounts', {
    name: 'Another',
    owner: { email: 'another@example.com', password: 'correct horse battery staple' },
  });
  await admin.call('PATCH', `/api/admin/accounts/${account.id}`, { name: 'Renamed' });
  const channels = `/api/admin/projects/${project.id}/channels`;
  const channel = await admin.json<{ id: number }>('POST', channels, { name: 'Channel' });
  await admin.call('GET', channels);
  await admin.call('GET', `${channels}/${channel.id}`);
  await admin.call('PATCH', `${channels}/${channel.id}`, { name: 'Other', imageHosts: ['a.example'] });
  await fields(admin, `${channels}/${channel.id}`);
  const client = await admin.json<{ id: string; channelId: number; secrets: { id: string }[] }>(
    'POST',
    '/api/admin/oauth-clients',
    { name: 'Client', projectId: project.id },
  );
  await admin.call('GET', `${channels}/${client.channelId}/fields`);
  await admin.call('GET', '/api/admin/oauth-clients');
  await admin.call('GET', `/api/admin/oauth-clients/${client.id}`);
  await admin.call('PATCH', `/api/admin/oauth-clients/${client.id}`, { name: 'New' });
  await admin.call('POST', `/api/admin/oauth-clients/${client.id}/secrets`, { overlapSeconds: 60 });
  await admin.call('POST', `/api/admin/oauth-clients/${client.id}/secrets`, {});
  await admin.call('DELETE', `/api/admin/oauth-clients/${client.id}/secrets/${client.secrets[0]!.id}`);
  const user = { email: 'member@example.com', password: 'correct horse battery staple', role: 'member' };
  const member = await admin.json<{ id: string }>('POST', '/api/admin/users', user);
  await admin.call('PATCH', `/api/admin/users/${member.id}`, { name: 'Ada' });
  const ada = await AdminClient.signIn(api, user);
  await ada.call('GET', '/api/admin/users');
  for (const currentPassword of ['wrong', user.password]) {
    await ada.call('PUT', '/api/auth/password', {
      currentPassword,
      newPassword: 'another horse altogether',
    });
  }
  await admin.call('POST', '/api/admin/signing-keys/rotate');
  await apiKeys(admin);
  await feedback(app, admin, account);
  await statistics(admin, project.id);
  await issues(admin, project.id);
  await scopes(admin, member.id);
  await contentSets(admin, project.id);
  await sources(admin, project.id);
  await api.fetch('/api/admin/projects', {
    method: 'POST',
    headers: { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'text/plain' },
    body: 'x',
  });
};
