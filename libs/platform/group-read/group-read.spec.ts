import { setImmediate } from 'node:timers/promises';
import { GroupRead } from './group-read.js';

/** A store whose queries end when the test says so. */
class FakeStore {
  readonly asked: (readonly string[])[] = [];
  private ends: PromiseWithResolvers<void>[] = [];
  version = 1;

  readonly read = async (keys: readonly string[]): Promise<string[]> => {
    this.asked.push(keys);
    const seen = this.version;
    const end = Promise.withResolvers<void>();
    this.ends.push(end);
    await end.promise;
    return keys.map((key) => `${key}${seen}`);
  };

  async finish(error?: Error): Promise<void> {
    const end = this.ends.shift()!;
    if (error) end.reject(error);
    else end.resolve();
    await setImmediate();
  }
}

describe('a group read', () => {
  it('asks at once, and what comes meanwhile together, each key once', async () => {
    const store = new FakeStore();
    const reads = new GroupRead({ read: store.read, nameOf: (key: string) => key });
    const first = reads.get('a');
    const others = ['b', 'c', 'b', 'a'].map((key) => reads.get(key));
    expect(store.asked).toEqual([['a']]);
    await store.finish();
    expect(await first).toBe('a1');
    expect(store.asked).toEqual([['a'], ['b', 'c', 'a']]);
    await store.finish();
    expect(await Promise.all(others)).toEqual(['b1', 'c1', 'b1', 'a1']);
  });

  it('never answers from a query that began before it was asked', async () => {
    const store = new FakeStore();
    const reads = new GroupRead({ read: store.read, nameOf: (key: string) => key });
    const before = reads.get('a');
    store.version = 2;
    const after = reads.get('a');
    await store.finish();
    await store.finish();
    expect(await Promise.all([before, after])).toEqual(['a1', 'a2']);
  });

  it('tells those who asked together of a failure, and goes on', async () => {
    const store = new FakeStore();
    const reads = new GroupRead({ read: store.read, nameOf: (key: string) => key, maxBatch: 1 });
    const settled = Promise.allSettled(['a', 'b', 'c'].map((key) => reads.get(key)));
    await store.finish();
    await store.finish(new Error('away'));
    await store.finish();
    expect((await settled).map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([
      'a1',
      'failed',
      'c1',
    ]);
  });
});
