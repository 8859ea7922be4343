import { createFeedback, requestToken, tokenOf } from '#test/support/insider-connect.js';
import { basic, GRANT, inBody } from '#test/support/oauth.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

/** Behind a proxy, so that a test has as many addresses as it likes. */
const from = (address: string) => ({ 'X-Forwarded-For': address });

describe('POST /connect/token after failures', () => {
  const app = testApp({ TRUST_PROXY: 'true' });
  let client: SeededClient;
  beforeEach(async () => {
    client = await app.seed.client();
  });

  const wrong = (one: SeededClient) => ({ ...inBody(one), client_secret: 'chsec_wrong' });
  const fail = async (address: string, times: number) => {
    for (let i = 0; i < times; i++) {
      expect((await requestToken(app, wrong(client), from(address))).status).toBe(400);
    }
  };

  it('429 after ten of them, with Retry-After of 30 seconds at most and the shape of OAuth', async () => {
    await fail('192.0.2.1', 10);
    for (const parameters of [wrong(client), inBody(client)]) {
      const response = await requestToken(app, parameters, from('192.0.2.1'));
      expect(response.status).toBe(429);
      const wait = Number(response.headers.get('retry-after'));
      expect(Number.isInteger(wait)).toBe(true);
      expect(wait).toBeGreaterThanOrEqual(1);
      expect(wait).toBeLessThanOrEqual(30);
      expect(response.headers.get('content-type')).toBe('application/json;charset=UTF-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('pragma')).toBe('no-cache');
      expect(await response.json()).toEqual({
        error: 'temporarily_unavailable',
        error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
      });
    }
  });

  it('counts the failures of both ways to authenticate together', async () => {
    for (let i = 0; i < 5; i++) {
      await requestToken(app, wrong(client), from('192.0.2.2'));
      await requestToken(app, GRANT, { ...basic(client.clientId, 'wrong'), ...from('192.0.2.2') });
    }
    expect((await requestToken(app, wrong(client), from('192.0.2.2'))).status).toBe(429);
  });

  it('bars neither the same client at another address, nor another client at the same address', async () => {
    await fail('192.0.2.3', 10);
    expect((await requestToken(app, inBody(client), from('192.0.2.3'))).status).toBe(429);
    expect((await requestToken(app, inBody(client), from('192.0.2.4'))).status).toBe(200);
    const other = await app.seed.client();
    expect((await requestToken(app, inBody(other), from('192.0.2.3'))).status).toBe(200);
  });

  it('lets the tokens work that the client has already', async () => {
    const token = await tokenOf(app, client);
    await fail('192.0.2.5', 10);
    expect((await createFeedback(app, token, undefined, from('192.0.2.5'))).status).toBe(201);
  });

  it('429 for an address that tries a hundred names', async () => {
    let last = 0;
    for (let i = 0; i < 101; i++) {
      const parameters = { ...GRANT, client_id: `name-${i}`, client_secret: 'x' };
      last = (await requestToken(app, parameters, from('192.0.2.6'))).status;
      if (i < 100) expect(last).toBe(400);
    }
    expect(last).toBe(429);
    expect((await requestToken(app, inBody(client), from('192.0.2.7'))).status).toBe(200);
  });

  it('does not count requests that name no client', async () => {
    for (let i = 0; i < 12; i++) expect((await requestToken(app, GRANT, from('192.0.2.8'))).status).toBe(400);
    expect((await requestToken(app, inBody(client), from('192.0.2.8'))).status).toBe(200);
  });
});

describe('POST /connect/token beyond the limit of an address', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 3 });

  it('429 with Retry-After of 30 seconds at most, whatever address the caller claims', async () => {
    const client = await app.seed.client();
    for (let i = 0; i < 3; i++) {
      expect((await requestToken(app, inBody(client), from(`192.0.2.${i}`))).status).toBe(200);
    }
    const response = await requestToken(app, inBody(client), from('192.0.2.9'));
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
  });
});
