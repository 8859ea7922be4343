import { pdfFile } from '#test/support/files.js';
import { attach, createFeedback, envelope, tokenOf } from '#test/support/insider-connect.js';
import { RawClient } from '#test/support/raw-http.js';
import { fileTraces } from '#test/support/stored-files.js';
import { testApp } from '#test/support/test-app.js';
import { BOUNDARY, END, FILE, FORM_TYPE } from '#test/support/upload-server.js';
import { until } from '#test/support/until.js';

const pdf = pdfFile().toString('latin1');
const part = (disposition: string, type = 'application/pdf', content = pdf) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
const GOOD = part('name="files"; filename="a.pdf"');
const LAST = `--${BOUNDARY}--\r\n`;

describe('the multipart body of attachments', () => {
  const app = testApp();
  let token: string;
  let id: number;
  beforeAll(async () => {
    token = await tokenOf(app, await app.seed.client());
    id = (await envelope<number>(await createFeedback(app, token))).data;
  });
  const nothing = { spooled: 0, stored: 0, fileRows: 0, attachmentRows: 0, events: 0 };
  afterEach(async () => {
    expect(await fileTraces(app)).toEqual(nothing);
    expect(app.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  const path = (feedbackId = id) => `/api/client/feedbacks/${feedbackId}/attachments`;
  const send = (body: string, type = FORM_TYPE) =>
    app.fetch(path(), {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
      body,
    });
  const expectFailure = async (response: Response, status: number, sentence: unknown) => {
    expect(await envelope(response)).toEqual({
      isSuccess: false,
      data: null,
      errors: [sentence],
      requestId: response.headers.get('x-request-id'),
    });
    expect(response.status).toBe(status);
  };
  const raw = async (bearer: string | undefined, feedbackId: number, header: string) => {
    const client = await RawClient.open(Number(new URL(app.url).port));
    const authorization = bearer === undefined ? '' : `Authorization: Bearer ${bearer}\r\n`;
    await client.write(
      `POST ${path(feedbackId)} HTTP/1.1\r\nHost: test\r\n${authorization}Content-Type: ${FORM_TYPE}\r\n${header}\r\n\r\n`,
    );
    return client;
  };

  it.each([
    ['without any part', LAST, 'At least one file is required.'],
    [
      'with a text field alone',
      part('name="note"', 'text/plain', 'x') + LAST,
      'At least one file is required.',
    ],
    [
      'with a file in another part',
      part('name="file"; filename="a.pdf"') + LAST,
      'Files must be sent in parts named "files".',
    ],
    [
      'with a second file in another part',
      GOOD + part('name="x"; filename="a.pdf"') + LAST,
      'Files must be sent in parts named "files".',
    ],
    [
      'with a part without a file name',
      part('name="files"') + LAST,
      'Each part named "files" must have a file name.',
    ],
    [
      'with an empty file name',
      GOOD + part('name="files"; filename=""') + LAST,
      'Each part named "files" must have a file name.',
    ],
  ])('400 %s', async (_what, body, sentence) => {
    await expectFailure(await send(body), 400, sentence);
  });

  it.each([
    ['nothing at all', ''],
    ['another boundary', (GOOD + LAST).replaceAll(BOUNDARY, 'OTHER')],
    ['an end in a header', GOOD + FILE.slice(0, 60)],
    ['an end in a file', GOOD + FILE + pdf],
    ['an end between files', GOOD],
    ['a header without a colon', `--${BOUNDARY}\r\nnonsense\r\n\r\nx${END}`],
    ['a header of 20 KB', GOOD + `--${BOUNDARY}\r\nX: ${'y'.repeat(20_000)}\r\n\r\nx${END}`],
    ['a part without a disposition', `${GOOD}--${BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nx${END}`],
    ['21 text fields', part('name="n"', 'text/plain', 'x').repeat(21) + GOOD + LAST],
    ['a text field of 65 537 bytes', part('name="n"', 'text/plain', 'x'.repeat(65_537)) + GOOD + LAST],
    ['a field name of 101 bytes', part(`name="${'n'.repeat(101)}"`, 'text/plain', 'x') + GOOD + LAST],
  ])('400 for %s', async (_what, body) => {
    await expectFailure(await send(body), 400, expect.stringMatching(/^(The multipart body|A field of)/));
  });

  it('400 without a boundary', async () => {
    await expectFailure(
      await send(GOOD + LAST, 'multipart/form-data'),
      400,
      'The Content-Type header of the request has no boundary.',
    );
  });

  it.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/mixed; boundary=x',
    'application/pdf',
  ])('415 for %s', async (type) => {
    await expectFailure(await send('{}', type), 415, expect.stringContaining('multipart/form-data'));
  });

  it('415 without a body', async () => {
    const headers = { Authorization: `Bearer ${token}` };
    await expectFailure(await app.fetch(path(), { method: 'POST', headers }), 415, expect.any(String));
  });

  it('413 for more than 41 MB, announced or sent', async () => {
    const announced = await raw(token, id, 'Content-Length: 42991617');
    const answer = await announced.answer();
    announced.close();
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({
      isSuccess: false,
      errors: ['The request is too large.'],
    });
    const file = { name: 'a.pdf', type: 'application/pdf', content: Buffer.alloc(15_000_000, '%PDF-') };
    await expectFailure(await attach(app, token, id, [file, file, file]), 413, 'The request is too large.');
  });

  describe('is not waited for', () => {
    const announce = 'Content-Length: 40000000';

    it('by 401', async () => {
      for (const bearer of [undefined, 'wrong']) {
        const client = await raw(bearer, id, announce);
        expect((await client.answer()).status).toBe(401);
        client.close();
      }
    });

    it('by 403', async () => {
      const reader = await tokenOf(app, await app.seed.client({ permissions: ['feedback:read'] }));
      const client = await raw(reader, id, announce);
      expect((await client.answer()).status).toBe(403);
      client.close();
    });

    it('by 404 for a feedback that is not there or is another client\u2019s', async () => {
      const stranger = await tokenOf(app, await app.seed.client());
      for (const [bearer, feedbackId] of [[token, 999_999_999] as const, [stranger, id] as const]) {
        const client = await raw(bearer, feedbackId, announce);
        const answer = await client.answer();
        client.close();
        expect(answer.status).toBe(404);
        expect(JSON.parse(answer.body)).toMatchObject({ errors: ['Feedback not found.'] });
      }
    });

    it('and the answer reaches a client that sends it all the same', async () => {
      const file = { name: 'a.pdf', type: 'application/pdf', content: Buffer.alloc(20_000_000, 'x') };
      const response = await attach(app, token, 999_999_999, [file]);
      await expectFailure(response, 404, 'Feedback not found.');
    });
  });

  it('that is cut off leaves nothing on the disk', async () => {
    const client = await raw(token, id, 'Content-Length: 4000000');
    await client.write(FILE + 'x'.repeat(300_000));
    await until(async () => (await fileTraces(app)).spooled > 0);
    client.close();
    await until(async () => (await fileTraces(app)).spooled === 0);
  });
});
