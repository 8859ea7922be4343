import { gifFile, jpegWithExif, pngFile, pngWithMetadata, SECRETS, webpFile } from '#test/support/files.js';
import { form, image, jsonForm, type Part, traces } from '#test/support/image-forms.js';
import { spooledFiles } from '#test/support/stored-files.js';
import { testApp } from '#test/support/test-app.js';
import { badRequest, failure, UserFeedbackClient } from '#test/support/user-feedback.js';

const MB = 1024 * 1024;

describe('images', () => {
  const app = testApp();
  let client: UserFeedbackClient;
  let path: string;

  beforeAll(async () => {
    client = await UserFeedbackClient.make(app, { imageHosts: ['img.example.com'] });
    path = `${client.project}/channels/${client.channelId}/feedbacks-with-images`;
  });

  const send = (parts: readonly Part[], headers: Record<string, string> = {}) =>
    client.call<{ id: number }>('POST', path, form(parts), headers);
  describe('in a form', () => {
    it('come with values of every format and issues, and are shown at their links', async () => {
      const { status, body } = await send([
        { name: 'message', value: 'feedback message' },
        { name: 'rating', value: '4.5' },
        { name: 'os', value: 'ios' },
        { name: 'tags', value: 'ui' },
        { name: 'tags', value: 'speed' },
        { name: 'visitedAt', value: '2024-01-01' },
        { name: 'issueNames', value: 'issue name 1' },
        { name: 'issueNames', value: 'issue name 2' },
        { name: 'createdAt', value: '2024-03-01T09:00:00Z' },
        image(pngWithMetadata()),
        image(jpegWithExif(), 'image/jpeg', 'b.jpg'),
      ]);
      expect(status).toBe(201);
      const found = await client.get(body.id);
      expect(found).toMatchObject({
        message: 'feedback message',
        rating: 4.5,
        os: 'ios',
        tags: ['ui', 'speed'],
        visitedAt: '2024-01-01',
        createdAt: '2024-03-01T09:00:00.000Z',
        issues: [{ name: 'issue name 1' }, { name: 'issue name 2' }],
      });
      const links = found['screenshots'] as string[];
      expect(links).toEqual([expect.stringMatching(/\.png$/), expect.stringMatching(/\.jpg$/)]);
      for (const [index, type] of ['image/png', 'image/jpeg'].entries()) {
        const shown = await fetch(links[index]!);
        expect(Object.fromEntries(shown.headers)).toMatchObject({
          'content-type': type,
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
          'content-disposition': 'inline',
        });
        const bytes = Buffer.from(await shown.arrayBuffer());
        for (const secret of SECRETS) expect(bytes.includes(secret)).toBe(false);
      }
      expect(await spooledFiles(app)).toEqual([]);
    });

    it.each<[string, Part[], object]>([
      ['no file at all', [{ name: 'message', value: 'x' }], { message: 'x' }],
      ['nothing', [{ name: 'issueNames', value: '[]' }], { issues: [] }],
      [
        'one plain name of an issue',
        [{ name: 'issueNames', value: 'plain' }],
        { issues: [{ name: 'plain' }] },
      ],
      [
        'a JSON array of names',
        [{ name: 'issueNames', value: '["one","two"]' }],
        { issues: [{ name: 'one' }, { name: 'two' }] },
      ],
      ['a JSON array of options', [{ name: 'tags', value: '["ui","crash"]' }], { tags: ['ui', 'crash'] }],
      [
        'the last of two texts',
        [
          { name: 'message', value: 'a' },
          { name: 'message', value: 'b' },
        ],
        { message: 'b' },
      ],
      [
        'links beside files',
        [{ name: 'screenshots', value: 'https://img.example.com/a.png' }, image(pngFile())],
        { screenshots: ['https://img.example.com/a.png', expect.stringContaining('/files/')] },
      ],
      [
        'a file that was not chosen',
        [image(Buffer.alloc(0), 'application/octet-stream', ''), { name: 'message', value: 'y' }],
        { message: 'y' },
      ],
      [
        'a GIF and a WebP',
        [image(gifFile(), 'image/gif', 'a.gif'), image(webpFile(), 'image/webp', 'a.webp')],
        { screenshots: [expect.stringMatching(/\.gif$/), expect.stringMatching(/\.webp$/)] },
      ],
      ['a file of 1 MiB', [image(pngFile(MB))], { screenshots: [expect.any(String)] }],
    ])('may be %s', async (_, parts, expected) => {
      const { status, body, text } = await send(parts);
      expect([status, text]).toEqual([201, expect.any(String)]);
      expect(await client.get(body.id)).toMatchObject(expected);
    });

    it('may have parts that say they are JSON', async () => {
      const { body, type } = jsonForm({ rating: '5', tags: '["ui"]', issueNames: '["json"]', os: 'null' });
      const { body: created } = await client.call<{ id: number }>('POST', path, body, {
        'Content-Type': type,
      });
      expect(await client.get(created.id)).toMatchObject({
        rating: 5,
        tags: ['ui'],
        os: null,
        issues: [{ name: 'json' }],
      });
      const broken = jsonForm({ tags: '[' });
      const answer = await client.call('POST', path, broken.body, { 'Content-Type': broken.type });
      expect(answer.body).toEqual(badRequest('The part "tags" is not valid JSON.'));
    });

    it.each<[string, Part[], number, unknown]>([
      ['of an unknown name', [{ name: 'bogus', value: 'x' }], 400, 'invalid field key: bogus'],
      [
        'of an unknown name, as a file',
        [image(pngFile(), 'image/png', 'a.png', 'bogus')],
        400,
        'invalid field key: bogus',
      ],
      [
        'with a file for a text field',
        [image(pngFile(), 'image/png', 'a.png', 'message')],
        400,
        'invalid value: (value: file, type: text, fieldKey: message)',
      ],
      ['with a reserved name', [{ name: 'id', value: '1' }], 400, 'reserved field key is unavailable: id'],
      [
        'with a text for a number',
        [{ name: 'rating', value: 'five' }, image(pngFile())],
        400,
        'invalid value: (value: "five", type: number, fieldKey: rating)',
      ],
      [
        'with an option that is none',
        [image(pngFile()), { name: 'tags', value: 'other' }],
        400,
        'invalid value: (value: ["other"], type: multiSelect, fieldKey: tags)',
      ],
      [
        'with a link to elsewhere',
        [image(pngFile()), { name: 'screenshots', value: 'https://evil.example/a.png' }],
        400,
        'invalid domain in image link: evil.example (fieldKey: screenshots)',
      ],
      [
        'with a text file',
        [image(Buffer.from('x'), 'text/plain', 'a.txt')],
        400,
        'Not Image File (text/plain)',
      ],
      [
        'with another content than it says',
        [{ name: 'issueNames', value: 'never made' }, image(pngFile()), image(Buffer.from('<svg/>'))],
        400,
        'Invalid file (sent type: image/png)',
      ],
      [
        'with an SVG',
        [image(Buffer.from('<svg/>'), 'image/svg+xml', 'a.svg')],
        400,
        'Invalid file (sent type: image/svg+xml)',
      ],
      ['with an empty file', [image(Buffer.alloc(0))], 400, 'The file is empty.'],
      ['with a broken image', [image(pngFile().subarray(0, 40))], 400, 'The file is not a readable image.'],
      [
        'with a file of more than 1 MiB',
        [image(pngFile()), image(pngFile(MB + 1))],
        413,
        'request file too large',
      ],
      [
        'with eleven files',
        Array.from({ length: 11 }, () => image(pngFile())),
        400,
        [expect.stringContaining('At most 10 files')],
      ],
      [
        'with a name that is too long',
        [{ name: 'issueNames', value: 'x'.repeat(31) }],
        400,
        expect.any(String),
      ],
    ])('%s are refused, and nothing of the request is kept', async (_, parts, status, message) => {
      const before = await traces(app);
      const answer = await send(parts, { 'Idempotency-Key': 'refused' });
      expect([answer.status, answer.body]).toEqual([
        status,
        failure(status, message, { error: expect.any(String) }),
      ]);
      expect(await traces(app)).toEqual(before);
    });

    it('that is no form is 415, and a broken one 400', async () => {
      for (const [type, body, status] of [
        ['application/json', '{}', 415],
        ['multipart/form-data', 'x', 400],
        ['multipart/form-data; boundary=x', '--x\r\n', 400],
      ] as const) {
        const answer = await client.call('POST', path, body, { 'Content-Type': type });
        expect([answer.status, answer.body]).toEqual([
          status,
          failure(status, expect.any(String), { error: expect.any(String) }),
        ]);
      }
    });

    it('come once for an Idempotency-Key, with the files of the first time', async () => {
      const key = { 'Idempotency-Key': 'with-image' };
      const first = await send([image(pngFile(2000))], key);
      const before = await traces(app);
      const again = await send([image(pngFile(2000))], key);
      expect([again.status, again.body]).toEqual([201, first.body]);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(await traces(app)).toEqual(before);
      expect((await send([image(pngFile(2001))], key)).status).toBe(422);
      expect(await traces(app)).toEqual(before);
    });
  });
});
