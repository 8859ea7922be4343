import type { Change, ChangeFeed } from './change-feed.js';
import { FreshCache } from './fresh-cache.js';

class FakeFeed {
  live = true;
  inTransaction = false;
  private listeners: ((change: Change | 'unknown') => void)[] = [];

  subscribe(listener: (change: Change | 'unknown') => void): void {
    this.listeners.push(listener);
  }

  tell(change: Change | 'unknown'): void {
    for (const listener of this.listeners) listener(change);
  }
}

function cache() {
  const feed = new FakeFeed();
  let version = 0;
  const loads: string[] = [];
  const values = new FreshCache<string>({
    feed: feed as unknown as ChangeFeed,
    topic: 'user',
    clearOn: ['account'],
    load: (id) => {
      loads.push(id);
      return Promise.resolve(`${id}.${++version}`);
    },
  });
  return { feed, values, loads };
}

describe('FreshCache', () => {
  it('loads once, for callers at the same moment and after', async () => {
    const { values, loads } = cache();
    await expect(Promise.all([values.get('a'), values.get('a')])).resolves.toEqual(['a.1', 'a.1']);
    expect(values.get('a')).toBe('a.1');
    expect(loads).toEqual(['a']);
  });

  it.each([
    ['its own change', { topic: 'user', id: 'a' }],
    ['a change of what it hangs on', { topic: 'account', id: 'x' }],
    ['a gap in what was heard', 'unknown'],
  ] as const)('forgets after %s', async (_, change) => {
    const { feed, values } = cache();
    await values.get('a');
    feed.tell(change);
    await expect(values.get('a')).resolves.toBe('a.2');
  });

  it('keeps what another id’s change does not concern', async () => {
    const { feed, values } = cache();
    await values.get('a');
    feed.tell({ topic: 'user', id: 'b' });
    feed.tell({ topic: 'project', id: 'a' });
    expect(values.get('a')).toBe('a.1');
  });

  it('does not keep a value that was being read while it changed', async () => {
    const { feed, values } = cache();
    const before = values.get('a');
    feed.tell({ topic: 'user', id: 'a' });
    await before;
    await expect(values.get('a')).resolves.toBe('a.2');
  });

  it('does not wait inside a transaction for what another caller loads: that one may need its connection', async () => {
    const { feed, values, loads } = cache();
    const outside = values.get('a');
    feed.inTransaction = true;
    await expect(values.get('a')).resolves.toBe('a.2');
    await expect(outside).resolves.toBe('a.1');
    expect(values.get('a')).toBe('a.1');
    expect(loads).toEqual(['a', 'a']);
  });

  it('does not keep what a transaction saw, which may be rolled back', async () => {
    const { feed, values } = cache();
    feed.inTransaction = true;
    await expect(values.get('a')).resolves.toBe('a.1');
    feed.inTransaction = false;
    await expect(values.get('a')).resolves.toBe('a.2');
  });

  it('does not keep a failure', async () => {
    let fail = true;
    const values = new FreshCache<string>({
      feed: new FakeFeed() as unknown as ChangeFeed,
      topic: 'user',
      load: () => (fail ? Promise.reject(new Error('down')) : Promise.resolve('up')),
    });
    await expect(values.get('a')).rejects.toThrow('down');
    fail = false;
    await expect(values.get('a')).resolves.toBe('up');
  });
});
