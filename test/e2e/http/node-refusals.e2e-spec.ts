import { RawClient } from '#test/support/raw-http.js';
import { testApp } from '#test/support/test-app.js';
import { isUuid } from '#libs/platform/ids/uuid.js';

/** What Node answers by itself, without the application, unless it is told otherwise. */
describe('a request that Node would refuse', () => {
  const app = testApp();

  async function raw(text: string) {
    const client = await RawClient.open(Number(new URL(app.url).port));
    try {
      await client.write(text);
      return await client.answer();
    } finally {
      client.close();
    }
  }

  it('because it has no Host is refused in the shape of its dialect, with a request id', async () => {
    const answer = await raw('GET /api/client/feedbacks HTTP/1.1\r\n\r\n');
    expect(answer.status).toBe(400);
    const requestId = /x-request-id: (\S+)/i.exec(answer.head)?.[1];
    expect(isUuid(requestId)).toBe(true);
    expect(JSON.parse(answer.body)).toEqual({
      isSuccess: false,
      data: null,
      errors: ['The Host header is missing.'],
      requestId,
    });
  });

  it('because it has no Host is answered when it is HTTP/1.0, which knows none', async () => {
    expect((await raw('GET /health/live HTTP/1.0\r\n\r\n')).status).toBe(200);
  });

  it('because it expects what nobody knows is answered like any other', async () => {
    const answer = await raw('GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: the unexpected\r\n\r\n');
    expect(answer.status).toBe(200);
    expect(answer.head).toMatch(/x-request-id: /i);
  });
});
