import { EXAMPLE_ROWS, push, pushLines, readProgress } from '#test/support/source-import.js';
import type { Exercise } from './exercise.js';

export const sourceImport: Exercise = async ({ app, api }) => {
  const source = await app.seed.source();
  await push(api, source, EXAMPLE_ROWS, { 'Idempotency-Key': 'one' });
  await push(api, source, EXAMPLE_ROWS.slice(1), { 'Idempotency-Key': 'one' });
  await push(api, source, []);
  await push(api, { ...source, key: 'garbage' }, EXAMPLE_ROWS);
  await push(api, { ...source, sourceId: 'unknown' }, EXAMPLE_ROWS);
  await push(api, source, EXAMPLE_ROWS, { 'Content-Type': 'text/plain' });
  const rows = [...EXAMPLE_ROWS, { ...EXAMPLE_ROWS[0]!, date: 'yesterday' }];
  const pushed = await pushLines(api, source, rows, { query: { mode: 'partial' } });
  const id = pushed.headers.get('x-import-id')!;
  await readProgress(api, source, id);
  await readProgress(api, source, id, '/errors');
  const events = await readProgress(api, source, id, '/events');
  await events.body!.cancel();
  await readProgress(api, source, 'x');
  await readProgress(api, source, source.sourceId, '/events');
};
