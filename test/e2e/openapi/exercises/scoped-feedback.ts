import {
  entryOf,
  FEEDBACK,
  ScopedClient,
  SERVER,
  serverOf,
  userWith,
} from '#test/support/scoped-feedback.js';
import type { Exercise } from './exercise.js';

export const scopedFeedback: Exercise = async ({ app, api }) => {
  const account = await app.seed.account();
  const owner = await ScopedClient.signIn(app, account.owner).then((client) => client.at(api));
  const reader = (await userWith(app, account, ['feedback:read'])).at(api);
  const nobody = (await userWith(app, account, [])).at(api);
  const { server, scopeId } = await serverOf(app, account);
  const key = { 'Idempotency-Key': 'one' };
  const { id } = await entryOf(await owner.create(undefined, key), 201);
  await owner.create({ scope: SERVER, title: 'Other' }, key);
  await owner.create({ scope: SERVER, title: '' });
  await owner.create({ scope: SERVER, more: 'x'.repeat(270_000) });
  await owner.create(undefined, { 'Content-Type': 'text/plain' });
  await reader.create();
  await server.at(api).create({ scope: { type: 'server', id: scopeId }, authorId: 'a-player' });
  await server.at(api).get(id);
  await api.fetch(FEEDBACK);
  await owner.created();
  await owner.list(SERVER, { limit: '1' });
  await owner.list(SERVER, { limit: '0' });
  await nobody.list(SERVER);
  await owner.get(id);
  await nobody.get(id);
  await owner.patch(id, { status: 'IN_PROGRESS', labels: ['triage'], assignedUserId: reader.id });
  await owner.patch(id, { status: 'RESOLVED' }, { 'If-Match': '"x"' });
  await owner.patch(id, { title: 'x' });
  await reader.patch(id, { status: 'OPEN' });
  await nobody.patch(id, { status: 'OPEN' });
  await owner.history(id);
  await owner.history(id, '?limit=1');
  await nobody.history(id);
  const explain = `${FEEDBACK}/permissions/explain?node=feedback:read&scope=global&userId=`;
  await owner.call('GET', explain + reader.id);
  await owner.call('GET', explain + account.owner.id);
  await owner.call('GET', `${explain}00000000-0000-7000-8000-000000000000`);
  await owner.call('GET', `${explain}x`);
  await reader.call('GET', explain + reader.id);
};
