import type { AdminClient } from '#test/support/admin.js';

/** @param channel the path of a channel */
export async function fields(admin: AdminClient, channel: string): Promise<void> {
  const path = `${channel}/fields`;
  const body = { key: 'os', name: 'OS', format: 'select', options: [{ key: 'ios', name: 'iOS' }] };
  const field = await admin.json<{ id: string; options: { id: string }[] }>('POST', path, body);
  await admin.call('POST', path, body);
  await admin.call('POST', path, { key: 'a-b', name: '', format: 'x' });
  await admin.call('PATCH', `${path}/${field.id}`, { description: 'x' });
  await admin.call('PUT', `${path}/order`, { fieldIds: [field.id] });
  await admin.call('PUT', `${path}/order`, { fieldIds: [] });
  const options = `${path}/${field.id}/options`;
  const option = await admin.json<{ id: string }>('POST', options, { key: 'web', name: 'Web' });
  await admin.call('POST', options, { key: 'web', name: 'Other' });
  await admin.call('PATCH', `${options}/${option.id}`, { name: 'WWW' });
  await admin.call('PUT', `${options}/order`, { optionIds: [option.id, field.options[0]!.id] });
  await admin.call('DELETE', `${options}/${option.id}`);
  await admin.call('GET', path);
}
