import { FeelbackCaller, seedFeelback } from '#test/support/feelback.js';
import type { Exercise } from './exercise.js';

const UNKNOWN = '0197b1c2-7a44-8d31-8a52-9a1c5e7d2f10';

export const feelback: Exercise = async ({ app, api }) => {
  const seeded = await seedFeelback(app);
  const owner = new FeelbackCaller(api, seeded.owner.key);
  const viewer = new FeelbackCaller(api, seeded.viewer.key);
  const anybody = new FeelbackCaller(api);
  const read = async (path: string, ...args: unknown[]) => {
    await viewer.call(path, ...args);
    await viewer.get(path, ...args);
  };

  const project = await owner.result<{ id: string }>('projects/create', { name: 'P', description: 'x' });
  await owner.call('projects/create', { name: 'P' });
  await owner.call('projects/create', {});
  await owner.call('projects/save', project.id, { name: 'Q', description: null });
  await read('projects/get', project.id);
  await read('projects/get', '0');
  await read('projects/list', { state: 'all' });
  await read('projects/lookup', 'q');

  const projectId = project.id;
  for (const [key, schema, schemaConfig, value] of [
    ['p', 'pulse', null, '+'],
    ['y', 'yes-no', {}, '+1'],
    ['r', 'reaction', { items: [{ value: 'heart', sentiment: 1, intensity: 0.5 }, 'meh'] }, 'heart'],
    ['n', 'rating', { max: 3 }, '2'],
    ['m', 'message', { maxLength: 20 }, 'Hello'],
    ['t', 'tagged-message', { tags: ['idea', 'error'] }, { tag: 'idea', message: 'Hello' }],
  ] as const) {
    const set = await owner.result<{ id: string }>('sets/create', {
      projectId,
      key,
      schema,
      schemaConfig,
      metadata: { name: key, description: 'x', publicAggregates: true },
    });
    const content = await owner.result<{ id: string }>('contents/create', {
      contentSetId: set.id,
      key: 'k',
      metadata: { title: 't', description: 'd', url: 'https://blog.example.com/' },
    });
    const given = await anybody.result<{ feelbackId: string; revokable: { token: string } }>(
      'feelbacks/create',
      { contentSetId: set.id, key: 'k', value, context: { $user: 'ada', page: 1 }, revokable: true },
    );
    await read('sets/get', set.id);
    await read('sets/getStats', set.id, { period: 'week', reference: '2026-11-22', shift: -1 });
    await read('sets/getStats', set.id);
    await read('contents/get', content.id);
    await read('contents/getStats', content.id, { period: 'rolling7d' });
    await read('feelbacks/get', given.feelbackId);
    await read('feelbacks/getAggregates', content.id, 'month');
    const revokeToken = given.revokable.token;
    await anybody.call('feelbacks/edit', { feelbackId: given.feelbackId, revokeToken: 'wrong', value });
    const edited = await anybody.result<typeof given>('feelbacks/edit', {
      feelbackId: given.feelbackId,
      revokeToken,
      value,
    });
    if (key === 'p') {
      const { feelbackId, revokable } = edited;
      await anybody.call('feelbacks/remove', { feelbackId, revokeToken: revokable.token });
      await anybody.call('feelbacks/remove', { feelbackId, revokeToken: revokable.token });
    }
    await anybody.call('feelbacks/create', {
      contentId: content.id,
      value: 'no such value',
      revokable: false,
    });
    await owner.call('contents/save', content.id, { title: 'u', url: null });
    await owner.call('sets/save', set.id, { name: 'Other', description: null });
    if (key === 't') await owner.call('contents/archive', content.id);
    if (key === 't') await owner.call('sets/archive', set.id);
    await anybody.call('feelbacks/create', { contentId: content.id, value });
  }
  await read('projects/getStats', projectId, { period: 'year' });
  for (const group of ['sets', 'contents']) {
    await read(`${group}/list`, { projectId, state: 'all', $size: 100 });
    await read(`${group}/lookup`, 'k', { state: 'all' });
    await read(`${group}/top`, { period: 'week' });
    await read(`${group}/exists`, UNKNOWN);
    await owner.call(`${group}/create`, {});
    await owner.call(`${group}/save`, UNKNOWN, {});
    await owner.call(`${group}/archive`, UNKNOWN);
  }
  await read('feelbacks/list', { state: 'all', projectId });
  await owner.call('projects/archive', projectId);
  await viewer.call('projects/archive', projectId);
  await anybody.call('projects/list');
};
