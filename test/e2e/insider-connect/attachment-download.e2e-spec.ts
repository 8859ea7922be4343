import { jpegFile, pdfFile, pngFile } from '#test/support/files.js';
import { attach, createFeedback, envelope, tokenOf } from '#test/support/insider-connect.js';
import type { SeededClient } from '#test/support/seed.js';
import { testApp } from '#test/support/test-app.js';

describe('GET /api/client/feedbacks/{feedbackId}/attachments/{attachmentId}', () => {
  const app = testApp();
  let client: SeededClient;
  let token: string;
  let id: number;
  beforeAll(async () => {
    client = await app.seed.client();
    token = await tokenOf(app, client);
    id = (await envelope<number>(await createFeedback(app, token))).data;
  });

  const attached = async (name: string, type: string, content: Buffer, feedbackId = id) =>
    (await envelope<number>(await attach(app, token, feedbackId, [{ name, type, content }]))).data;
  const get = (attachmentId: number | string, as = token, feedbackId: number | string = id, method = 'GET') =>
    app.fetch(`/api/client/feedbacks/${feedbackId}/attachments/${attachmentId}`, {
      method,
      headers: { Authorization: `Bearer ${as}` },
    });

  it.each([
    ['a.png', 'image/png', pngFile(900)],
    ['a.jpg', 'image/jpeg', jpegFile(900)],
    ['a.pdf', 'application/pdf', pdfFile(900)],
  ])('200 sends %s to be saved and never to be shown, with its exact type', async (name, type, content) => {
    const response = await get(await attached(name, type, content));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-length')).toBe('900');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename=${name}`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  });

  it('names a file in any script, and no name breaks out of the header', async () => {
    const foreign = await get(await attached('\u4e2d\u6587 \u00fc.pdf', 'application/pdf', pdfFile(901)));
    expect(foreign.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''%E4%B8%AD%E6%96%87%20%C3%BC.pdf",
    );
    const quoted = await get(
      await attached('a"; filename="evil.html\r\nX-Evil: 1.pdf', 'application/pdf', pdfFile(902)),
    );
    expect(quoted.status).toBe(200);
    expect(quoted.headers.get('x-evil')).toBeNull();
    expect(quoted.headers.get('content-disposition')).toMatch(/^attachment; filename="a\\"; filename=\\"/);
  });

  it('HEAD sends the headers alone', async () => {
    const response = await get(await attached('h.pdf', 'application/pdf', pdfFile(903)), token, id, 'HEAD');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('903');
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  it('404 for a file of another feedback, of another client, and for none', async () => {
    const attachment = await attached('x.pdf', 'application/pdf', pdfFile(904));
    const other = (await envelope<number>(await createFeedback(app, token))).data;
    const siblings = await tokenOf(
      app,
      await app.seed.client({ account: client.account, projectId: client.projectId }),
    );
    const strangers = await tokenOf(app, await app.seed.client());
    for (const [response, sentence] of [
      [await get(attachment, token, other), 'Attachment not found.'],
      [await get(999_999_999), 'Attachment not found.'],
      [await get(attachment, siblings), 'Feedback not found.'],
      [await get(attachment, strangers), 'Feedback not found.'],
      [await get(attachment, token, 999_999_999), 'Feedback not found.'],
    ] as const) {
      expect(response.status).toBe(404);
      expect(await envelope(response)).toMatchObject({ isSuccess: false, data: null, errors: [sentence] });
      expect(response.headers.get('content-disposition')).toBeNull();
    }
  });

  it.each(['0', '-1', 'abc', '9007199254740992'])('400 for the attachment id %s', async (bad) => {
    const response = await get(bad);
    expect(response.status).toBe(400);
    expect((await envelope(response)).errors).toEqual(['Attachment Id must be a positive integer.']);
  });

  it('is open to feedback.read and to nothing less', async () => {
    const attachment = await attached('r.pdf', 'application/pdf', pdfFile(905));
    expect((await get(attachment, await tokenOf(app, client, 'feedback.read'))).status).toBe(200);
    expect((await get(attachment, await tokenOf(app, client, 'feedback.write'))).status).toBe(403);
    const bare = await app.fetch(`/api/client/feedbacks/${id}/attachments/${attachment}`);
    expect(bare.status).toBe(401);
  });
});
