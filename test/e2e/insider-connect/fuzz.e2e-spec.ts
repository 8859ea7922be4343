import fc from 'fast-check';
import { pdfFile } from '#test/support/files.js';
import { createFeedback, type Envelope, EXAMPLE, tokenOf } from '#test/support/insider-connect.js';
import { testApp } from '#test/support/test-app.js';

/** Any text that UTF-16 can hold, lone surrogates, NUL and line breaks too. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
);
const name = fc.oneof(
  text,
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then', 'id', 'description', 'length'),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 6 },
    text,
    fc.double(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(name, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;
const email = fc.oneof(
  fc.emailAddress(),
  fc.tuple(text, fc.constantFrom('@', '@@', ''), text).map((parts) => parts.join('')),
  text.map((local) => `"${local}"@example.com`),
  text.map((domain) => `user@${domain}.example`),
  text.map((local) => `${local}@example.com`),
);

describe('no input of a client makes insider-connect fail on our side:', () => {
  const app = testApp({ RATE_LIMIT_ANONYMOUS: 0 });
  let token: string;
  beforeAll(async () => {
    token = await tokenOf(app, await app.seed.client());
  });
  afterEach(() => expect(app.log.entries.filter(({ level }) => level !== 'info')).toEqual([]));

  const expectAnswer = async (response: Response, statuses: readonly number[]) => {
    const body = (await response.json()) as Envelope;
    expect(statuses).toContain(response.status);
    expect(body.requestId).toBe(response.headers.get('x-request-id'));
    expect(body.isSuccess).toBe(response.status < 400);
    if (!body.isSuccess) {
      expect(body.data).toBeNull();
      expect(body.errors!.length).toBeGreaterThan(0);
    }
  };

  it('members of a feedback', async () => {
    const member = <T>(good: T, ...more: fc.Arbitrary<unknown>[]) =>
      fc.option(fc.oneof({ arbitrary: fc.constant<unknown>(good), weight: 3 }, value, ...more), {
        nil: undefined,
      });
    const body = fc.record({
      submittedByEmail: member('user@example.com', email, email),
      contactConsent: member(true),
      description: member('fine', text),
      sentimentRating: member(false),
      unknown: fc.option(value, { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        await expectAnswer(await createFeedback(app, token, sent), [201, 400]);
      }),
      { numRuns: 400 },
    );
  });

  it('bodies that are JSON, or look like it', async () => {
    const body = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.nat({ max: 100 }), fc.string({ maxLength: 3 })).map(([at, what]) => {
        const json = JSON.stringify(EXAMPLE);
        return json.slice(0, at) + what + json.slice(at + 1);
      }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        await expectAnswer(await createFeedback(app, token, sent), [201, 400]);
      }),
      { numRuns: 300 },
    );
  });

  it('token requests', async () => {
    const parameter = fc.constantFrom('grant_type', 'client_id', 'client_secret', 'scope', '__proto__', 'x');
    const parameters = fc.array(fc.tuple(parameter, fc.oneof(text, fc.constant('client_credentials'))), {
      maxLength: 5,
    });
    const header = fc.option(
      fc.oneof(
        fc.uint8Array().map((bytes) => `Basic ${Buffer.from(bytes).toString('base64')}`),
        fc.string({ maxLength: 20 }).map((rest) => `Basic ${rest}`.trim()),
      ),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(parameters, header, async (sent, Authorization) => {
        const response = await app.fetch('/connect/token', {
          method: 'POST',
          headers: { ...(Authorization !== undefined && { Authorization }) },
          body: new URLSearchParams(sent),
        });
        expect([400, 401, 429]).toContain(response.status);
        expect(await response.json()).toEqual({
          error: expect.stringMatching(/^[a-z_]+$/),
          error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('paths and queries', async () => {
    const segment = fc.oneof(
      text.map((one) => encodeURIComponent(one.toWellFormed())),
      fc.constantFrom('%', '%00', '%zz', '1', '..%2f', '-1'),
    );
    await fc.assert(
      fc.asyncProperty(segment, segment, segment, async (id, limit, cursor) => {
        const query = `?limit=${limit}&cursor=${cursor}`;
        for (const path of [`/${id}`, query, `/${id}/attachments/${limit}`]) {
          const headers = { Authorization: `Bearer ${token}` };
          const response = await app.fetch(`/api/client/feedbacks${path}`, { headers });
          expect(response.status).toBeLessThan(500);
          expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('names and types of files', async () => {
    const { data: id } = (await (await createFeedback(app, token)).json()) as Envelope<number>;
    const header = fc.oneof(
      text.map((one) => `filename="${one.toWellFormed()}"`),
      text.map((one) => `filename="${one.toWellFormed()}.pdf"`),
      text.map((one) => `filename*=UTF-8''${encodeURIComponent(one.toWellFormed())}.pdf`),
    );
    const type = fc.oneof({ arbitrary: fc.constant('application/pdf'), weight: 4 }, fc.string());
    await fc.assert(
      fc.asyncProperty(header, type, async (parameter, declared) => {
        const head = `--X\r\nContent-Disposition: form-data; name="files"; ${parameter}\r\nContent-Type: ${declared}\r\n\r\n`;
        const response = await app.fetch(`/api/client/feedbacks/${id}/attachments`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'multipart/form-data; boundary=X' },
          body: `${head}${pdfFile().toString('latin1')}\r\n--X--\r\n`,
        });
        await expectAnswer(response, [200, 400]);
        await app.query('delete from attachment');
      }),
      { numRuns: 150 },
    );
  });
});
