import { gzipSync } from 'node:zlib';
import { AdminClient } from '#test/support/admin.js';
import {
  jpegFile,
  jpegSegment,
  pdfFile,
  PNG_SIGNATURE,
  pngChunk,
  pngFile,
  pngHeader,
} from '#test/support/files.js';
import { attach, createFeedback, envelope, tokenOf } from '#test/support/insider-connect.js';
import type { SeededClient } from '#test/support/seed.js';
import { type FileTraces, fileTraces } from '#test/support/stored-files.js';
import { testApp } from '#test/support/test-app.js';
import { until } from '#test/support/until.js';

const MAX = 4_194_304;
const TOO_LARGE = 'File size cannot exceed 4MB.';
const WRONG_TYPE = 'File type is not allowed. Allowed types: image/jpeg, image/png, application/pdf.';
const EMPTY = 'File is empty.';
const DAMAGED = 'File is not a readable image.';
const TOO_MANY_PIXELS = 'Image cannot exceed 50 megapixels.';

const file = (name: string, type: string, content: Buffer | string) => ({
  name,
  type,
  content: Buffer.from(content),
});
const png = () => file('a.png', 'image/png', pngFile());
const jpeg = () => file('a.jpg', 'image/jpeg', jpegFile());
const pdf = (size?: number, seed = 0) => file('a.pdf', 'application/pdf', pdfFile(size, { seed }));
const bigPng = (width: number, height: number) =>
  file(
    'a.png',
    'image/png',
    Buffer.concat([
      PNG_SIGNATURE,
      pngHeader(width, height),
      pngChunk('IDAT', Buffer.from('x')),
      pngChunk('IEND'),
    ]),
  );

describe('POST /api/client/feedbacks/{feedbackId}/attachments', () => {
  const app = testApp();
  let client: SeededClient;
  let token: string;
  let id: number;
  let before: FileTraces;
  beforeAll(async () => {
    client = await app.seed.client();
    token = await tokenOf(app, client);
  });
  beforeEach(async () => {
    id = (await envelope<number>(await createFeedback(app, token))).data;
    before = await fileTraces(app);
  });

  const expectRefused = async (response: Response, errors: unknown[], status = 400) => {
    expect(await envelope(response)).toEqual({
      isSuccess: false,
      data: null,
      errors,
      requestId: response.headers.get('x-request-id'),
    });
    expect(response.status).toBe(status);
    expect(await fileTraces(app)).toEqual(before);
  };

  describe('400 for one file', () => {
    const html = '<html><script>alert(1)</script></html>';
    it.each([
      ['of 4 194 305 bytes (PNG)', file('a.png', 'image/png', pngFile(MAX + 1)), TOO_LARGE],
      ['of 4 194 305 bytes (JPEG)', file('a.jpg', 'image/jpeg', jpegFile(MAX + 1)), TOO_LARGE],
      ['of 4 194 305 bytes (PDF)', pdf(MAX + 1), TOO_LARGE],
      ['of 20 000 000 bytes', pdf(20_000_000), TOO_LARGE],
      ['of no bytes', file('a.png', 'image/png', ''), EMPTY],
      ['of one byte', file('a.png', 'image/png', '\u0089'), WRONG_TYPE],
      ['that is text', file('a.txt', 'text/plain', 'hello'), WRONG_TYPE],
      ['that is a GIF', file('a.gif', 'image/gif', 'GIF89a'), WRONG_TYPE],
      ['that is SVG', file('a.svg', 'image/svg+xml', '<svg onload="x"/>'), WRONG_TYPE],
      ['that is HTML', file('a.html', 'text/html', html), WRONG_TYPE],
      ['that is SVG and called PNG', file('a.png', 'image/png', '<svg onload="x"/>'), WRONG_TYPE],
      ['that is HTML and called PDF', file('a.pdf', 'application/pdf', html), WRONG_TYPE],
      [
        'that is GIF and script, and called JPEG',
        file('a.jpg', 'image/jpeg', 'GIF89a=1;alert(1)'),
        WRONG_TYPE,
      ],
      ['that is PDF behind HTML', file('a.pdf', 'application/pdf', `${html}%PDF-1.4`), WRONG_TYPE],
      ['that is PDF behind a blank', file('a.pdf', 'application/pdf', ' %PDF-1.4'), WRONG_TYPE],
      ['that is compressed', file('a.pdf', 'application/pdf', gzipSync(pdfFile())), WRONG_TYPE],
      ['that is PNG and declared as JPEG', { ...png(), type: 'image/jpeg' }, WRONG_TYPE],
      ['that is PNG and called .jpg', { ...png(), name: 'a.jpg' }, WRONG_TYPE],
      [
        'that is JPEG and called .png, declared so',
        { ...jpeg(), name: 'a.png', type: 'image/png' },
        WRONG_TYPE,
      ],
      ['that is PDF and declared as anything', { ...pdf(), type: 'application/octet-stream' }, WRONG_TYPE],
      ['that is PDF and not declared', { ...pdf(), type: '' }, WRONG_TYPE],
      ['without an extension', { ...pdf(), name: 'a' }, WRONG_TYPE],
      ['with a second extension', { ...pdf(), name: 'a.pdf.exe' }, WRONG_TYPE],
      ['whose image ends early', file('a.png', 'image/png', pngFile().subarray(0, -12)), DAMAGED],
      ['whose image is a signature alone', file('a.png', 'image/png', PNG_SIGNATURE), DAMAGED],
      ['whose image has no size', bigPng(0, 5), DAMAGED],
      [
        'whose JPEG has no frame',
        file(
          'a.jpg',
          'image/jpeg',
          Buffer.concat([
            Buffer.from([0xff, 0xd8]),
            jpegSegment(0xfe, Buffer.from('x')),
            Buffer.from([0xff, 0xd9]),
          ]),
        ),
        DAMAGED,
      ],
      ['of 50 000 001 pixels', bigPng(50_000_001, 1), TOO_MANY_PIXELS],
      [
        'of 65 000 times 65 000 pixels',
        file('a.jpg', 'image/jpeg', jpegFile(undefined, { width: 65_000, height: 65_000 })),
        TOO_MANY_PIXELS,
      ],
    ])('%s', async (_what, one, sentence) => {
      await expectRefused(await attach(app, token, id, [one]), [sentence]);
    });
  });

  it('takes an image of 50 000 000 pixels', async () => {
    expect((await attach(app, token, id, [bigPng(10_000, 5_000)])).status).toBe(200);
  });

  describe('takes all files of a request or none:', () => {
    const large = pdf(MAX + 1);
    it.each([
      ['the first one is too large', [large, pdf(), png()], [TOO_LARGE]],
      ['the last one is too large', [png(), jpeg(), large], [TOO_LARGE]],
      [
        'several fail, each with its sentence, in their order',
        [
          large,
          png(),
          file('e.pdf', 'application/pdf', ''),
          { ...png(), name: 'x.exe' },
          large,
          bigPng(10_000, 10_000),
        ],
        [TOO_LARGE, EMPTY, WRONG_TYPE, TOO_LARGE, TOO_MANY_PIXELS],
      ],
    ])('none when %s', async (_what, files, errors) => {
      await expectRefused(await attach(app, token, id, files), errors);
    });

    it('none when the database refuses one of them', async () => {
      await app.query(`alter table attachment add constraint no_b check (name <> 'b.pdf') not valid`);
      const response = await attach(app, token, id, [png(), { ...pdf(), name: 'b.pdf' }]);
      await app.query('alter table attachment drop constraint no_b');
      await expectRefused(response, ['Something went wrong on our side.'], 500);
    });
  });

  it('400 for an eleventh file in one request', async () => {
    const files = Array.from({ length: 11 }, (_, seed) => pdf(500, seed));
    await expectRefused(await attach(app, token, id, files), [
      'At most 10 files can be attached in one request.',
    ]);
  });

  it('400 for a 21st file at one feedback, also when the requests come at once', async () => {
    const ten = (seed: number) => Array.from({ length: 10 }, (_, i) => pdf(500 + i, seed));
    expect((await attach(app, token, id, ten(1))).status).toBe(200);
    const statuses = await Promise.all(
      [2, 3, 4].map(async (seed) => (await attach(app, token, id, ten(seed))).status),
    );
    expect(statuses.sort()).toEqual([200, 400, 400]);
    before = await fileTraces(app);
    await expectRefused(await attach(app, token, id, [png()]), ['A feedback holds at most 20 files.']);
    const rows = await app.query('select 1 from attachment where feedback_id = $1', [id]);
    expect(rows).toHaveLength(20);
  });

  describe('404 and nothing is kept', () => {
    it.each([
      ['that does not exist', async () => 999_999_999],
      [
        'of another client of the account',
        async () => foreign({ account: client.account, projectId: client.projectId }),
      ],
      ['of another account', async () => foreign({})],
    ])('for a feedback %s', async (_what, other) => {
      const target = await other();
      before = await fileTraces(app);
      await expectRefused(await attach(app, token, target, [pdf()]), ['Feedback not found.'], 404);
    });

    const foreign = async (options: Parameters<typeof app.seed.client>[0]) => {
      const theirs = await tokenOf(app, await app.seed.client(options));
      return (await envelope<number>(await createFeedback(app, theirs))).data;
    };
  });

  it.each(['0', '-1', '1.5', 'abc', '9007199254740992', '%20'])('400 for the feedback id %s', async (bad) => {
    await expectRefused(await attach(app, token, bad, [pdf()]), ['Feedback Id must be a positive integer.']);
  });

  it('409 when the project is archived', async () => {
    const archived = await app.seed.client();
    const theirs = await tokenOf(app, archived);
    const target = (await envelope<number>(await createFeedback(app, theirs))).data;
    const admin = await AdminClient.signIn(app, archived.account.owner);
    await admin.json('PATCH', `/api/admin/projects/${archived.projectId}`, { archived: true });
    await until(async () => (await createFeedback(app, theirs)).status === 409);
    before = await fileTraces(app);
    await expectRefused(await attach(app, theirs, target, [pdf()]), [expect.any(String)], 409);
  });
});
