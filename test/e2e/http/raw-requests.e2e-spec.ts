import { isUuid } from '#libs/platform/ids/uuid.js';
import { type RawAnswer, RawClient } from '#test/support/raw-http.js';
import { testApp } from '#test/support/test-app.js';

describe('a request that no HTTP client would send', () => {
  const app = testApp();

  async function raw(text: string): Promise<RawAnswer> {
    const client = await RawClient.open(Number(new URL(app.url).port));
    try {
      await client.write(text);
      return await client.answer();
    } finally {
      client.close();
    }
  }

  it.each([
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    ['an address that is too long', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['a line that is no request', 'garbage\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a header with a line break in its name', 'GET / HTTP/1.1\r\nHost: x\r\nX a: b\r\n\r\n', 400],
  ])('for %s is answered as a problem with a request id', async (_, text, status) => {
    const answer = await raw(text);
    expect(answer.status).toBe(status);
    const requestId = /x-request-id: (\S+)/i.exec(answer.head)?.[1];
    expect(isUuid(requestId)).toBe(true);
    expect(answer.head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(answer.body)).toMatchObject({ status, requestId });
  });

  it.each([
    ['an absolute address', 'GET http://evil.example/health/live HTTP/1.1\r\nHost: x\r\n\r\n', 200],
    ['a star', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['two slashes', 'GET //health/live HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['a Host that is none', 'GET /health/live HTTP/1.1\r\nHost: \r\n\r\n', 200],
    ['TRACE', 'TRACE /health/live HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  ])('with %s is answered', async (_, text, status) => {
    expect((await raw(text)).status).toBe(status);
  });

  it('leaves the next one untouched', async () => {
    await raw('garbage\r\n\r\n');
    expect((await app.fetch('/health/live')).status).toBe(200);
    expect(app.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
