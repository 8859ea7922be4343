import { seedFeelback, type SeededFeelback } from '#test/support/feelback.js';
import { testApp } from '#test/support/test-app.js';

/** Headers that differ between any two answers. */
const OWN = new Set(['date', 'x-request-id']);

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A call is found in a table by its exact address; with a slash at the end it is found by the framework's router. Both
 * roads must answer alike.
 */
describe('a call, found in the table and found by the router,', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let world: SeededFeelback;

  beforeAll(async () => {
    world = await seedFeelback(app);
  });

  async function answerTo({ path, method = 'POST', body, headers = {} }: Asked, end: string) {
    const [address, query = ''] = path.split('?');
    const response = await app.fetch(`/v0/${address}${end}${query && `?${query}`}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Api-Key': world.viewer.key!, ...headers },
      ...(body !== undefined && { body }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries([...response.headers].filter(([name]) => !OWN.has(name))),
      body: await response.text(),
    };
  }

  it.each<[string, Asked]>([
    ['reads by POST', { path: 'projects/list', body: '[{"$size":1}]' }],
    ['reads by GET', { path: 'projects/list?$p=[]', method: 'GET' }],
    ['reads by GET with parameters', { path: 'projects/list?$size=1', method: 'GET' }],
    ['reads in capitals', { path: 'Projects/LIST', body: '[]' }],
    ['answers a page', { path: 'projects/list', body: '[]', headers: { Origin: 'https://blog.test' } }],
    ['answers null', { path: 'sets/lookup', body: '[{"query":"zzz"}]' }],
    ['asks for arguments', { path: 'projects/get', body: '[]' }],
    ['refuses arguments', { path: 'projects/get', body: '[{"a":1}]' }],
    ['refuses members', { path: 'projects/list', body: '[{"$size":-1}]' }],
    ['refuses broken JSON', { path: 'projects/get', body: '[' }],
    ['refuses a broken $p', { path: 'projects/get?$p=[', method: 'GET' }],
    ['refuses another type', { path: 'projects/get', body: '[]', headers: { 'Content-Type': 'text/plain' } }],
    ['refuses a NUL', { path: 'projects/get?$p=[%22%00%22]', method: 'GET' }],
    ['refuses a wrong key', { path: 'projects/list', body: '[]', headers: { 'X-Api-Key': 'chfb_x' } }],
    ['refuses what the key may not', { path: 'projects/archive', body: '["1"]' }],
    ['does not find', { path: 'projects/get', body: '["99999999"]' }],
    ['refuses the second argument', { path: 'sets/getStats', body: '["1",{"period":"x"}]' }],
    ['refuses a large body', { path: 'projects/get', body: `["${'x'.repeat(70_000)}"]` }],
    ['refuses an encoding', { path: 'projects/get', body: '[]', headers: { 'Content-Encoding': 'x' } }],
    [
      'refuses a charset',
      { path: 'projects/get', body: '[]', headers: { 'Content-Type': 'application/json;charset=x' } },
    ],
    [
      'refuses a body that is not packed',
      { path: 'projects/get', body: '[]', headers: { 'Content-Encoding': 'gzip' } },
    ],
    ['reads no body', { path: 'projects/list' }],
    ['reads a $p of many characters', { path: `projects/get?$p=["${'1'.repeat(9_000)}"]`, method: 'GET' }],
    ['reads the head', { path: 'projects/list?$p=[]', method: 'HEAD' }],
    ['refuses a write by GET', { path: 'feelbacks/create?$p=[]', method: 'GET' }],
    ['refuses another method', { path: 'projects/get', method: 'PUT', body: '[]' }],
    ['is asked for beforehand', { path: 'projects/get', method: 'OPTIONS' }],
  ])('%s alike', async (_, asked) => {
    const byTable = await answerTo(asked, '');
    expect(await answerTo(asked, '/')).toEqual(byTable);
    expect(byTable.status).toBeLessThan(500);
  });

  it('counts what both have given', async () => {
    const target = { contentSetId: await world.set('yes-no'), key: '/two-roads' };
    for (const end of ['', '/', '', '/']) {
      const body = JSON.stringify([{ ...target, value: end === '' ? 'y' : 'n' }]);
      expect(await answerTo({ path: 'feelbacks/create', body }, end)).toMatchObject({ status: 200 });
    }
    const asked = { path: 'feelbacks/getAggregates', body: JSON.stringify([target]) };
    expect((await answerTo(asked, '')).body).toBe('[2,2]');
    expect((await answerTo(asked, '/')).body).toBe('[2,2]');
  });

  it('has one name in the metrics', async () => {
    await answerTo({ path: 'Projects/Get?$p=["1"]', method: 'GET' }, '');
    const metrics = await (await app.fetch('/metrics')).text();
    expect(metrics).toContain('route="/v0/projects/get"');
    expect(metrics).not.toContain('route="/v0/Projects');
  });
});
