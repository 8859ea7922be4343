import { FailureThrottle } from './failure-throttle.js';

const { jest } = import.meta;

describe('FailureThrottle', () => {
  let throttle: FailureThrottle;

  beforeEach(() => {
    jest.useFakeTimers();
    throttle = new FailureThrottle();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  async function fail(times: number, address: string, name: string): Promise<void> {
    for (let time = 0; time < times; time++) await throttle.failed(address, name);
  }

  /** Seconds to wait; 0 when nothing stands in the way. */
  async function wait(address: string, name: string): Promise<number> {
    try {
      await throttle.check(address, name);
      return 0;
    } catch (error) {
      expect(error).toMatchObject({ code: 'limited' });
      return (error as { details: { retryAfter: number } }).details.retryAfter;
    }
  }

  it('bars a name at an address after ten failures', async () => {
    await fail(9, 'a', 'n');
    expect(await wait('a', 'n')).toBe(0);
    await fail(1, 'a', 'n');
    expect(await wait('a', 'n')).toBe(30);
  });

  it('bars neither the name elsewhere nor another name here', async () => {
    await fail(50, 'a', 'n');
    expect([await wait('b', 'n'), await wait('a', 'm')]).toEqual([0, 0]);
  });

  it('bars an address after a hundred failures, whatever the names', async () => {
    for (let n = 0; n < 100; n++) await fail(1, 'a', `n${n}`);
    expect([await wait('a', 'fresh'), await wait('b', 'fresh')]).toEqual([30, 0]);
  });

  it('lets go after 30 seconds at the most, however many failures there were meanwhile', async () => {
    await fail(10, 'a', 'n');
    for (let second = 0; second < 29; second++) {
      jest.advanceTimersByTime(1_000);
      await fail(20, 'a', 'n');
      const seconds = await wait('a', 'n');
      expect(seconds >= 1 && seconds <= 30).toBe(true);
    }
    jest.advanceTimersByTime(31_000);
    expect(await wait('a', 'n')).toBe(0);
  });

  it('forgets the failures of a name when it succeeds, not those of the address', async () => {
    await fail(9, 'a', 'n');
    await throttle.succeeded('a', 'n');
    await fail(9, 'a', 'n');
    expect(await wait('a', 'n')).toBe(0);
    for (let n = 0; n < 100; n++) await fail(1, 'a', `n${n}`);
    await throttle.succeeded('a', 'n');
    expect(await wait('a', 'n')).toBeGreaterThan(0);
  });
});
