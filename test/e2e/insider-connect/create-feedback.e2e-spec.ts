import { createFeedback, envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';

describe('POST /api/client/feedbacks', () => {
  const app = testApp();

  it('201 answers the id in the envelope', async () => {
    const token = await tokenOf(app, await app.seed.client());
    const response = await createFeedback(app, token, EXAMPLE);
    expect(response.status).toBe(201);
    const body = await envelope<number>(response);
    expect(body).toEqual({
      isSuccess: true,
      data: expect.any(Number),
      errors: null,
      requestId: expect.any(String),
    });
    expect(response.headers.get('location')).toBe(`/api/client/feedbacks/${body.data}`);
  });
});
