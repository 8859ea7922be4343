import { AttachmentsService } from '#libs/attachments/attachments.service.js';
import { gifFile, jpegWithExif, pngFile, pngWithMetadata, SECRETS, webpFile } from '#test/support/files.js';
import { BUCKET, S3_KEY, startS3, type S3Server } from '#test/support/s3-server.js';
import { spooledFiles, storedFiles } from '#test/support/stored-files.js';
import { type TestApp, testApp } from '#test/support/test-app.js';
import { badRequest, failure, UserFeedbackClient } from '#test/support/user-feedback.js';

const MB = 1024 * 1024;
const DAY_MS = 86_400_000;

interface Part {
  readonly name: string;
  readonly value: string | Buffer;
  readonly type?: string;
  readonly file?: string;
}

/** A form with parts as they come, in their order. */
function form(parts: readonly Part[]): FormData {
  const data = new FormData();
  for (const { name, value, type, file } of parts) {
    if (typeof value === 'string' && type === undefined) data.append(name, value);
    else
      data.append(
        name,
        new Blob([new Uint8Array(Buffer.from(value))], { type: type ?? 'image/png' }),
        file ?? 'a.png',
      );
  }
  return data;
}

/** A part without a file name but with a type of its own, which FormData cannot make. */
function jsonForm(parts: Record<string, string>): { body: string; type: string } {
  const lines = Object.entries(parts).map(
    ([name, value]) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: application/json\r\n\r\n${value}\r\n`,
  );
  return { body: `${lines.join('')}--x--\r\n`, type: 'multipart/form-data; boundary=x' };
}

const image = (value: Buffer, type = 'image/png', file = 'a.png', name = 'screenshots'): Part => ({
  name,
  value,
  type,
  file,
});

async function traces(app: TestApp): Promise<unknown> {
  const [rows] = await app.query<object>(
    `select (select count(*) from stored_file) as files, (select count(*) from attachment) as attachments,
       (select count(*) from feedback) as feedback, (select count(*) from issue) as issues,
       (select count(*) from idempotency_key) as keys`,
  );
  return { ...rows, stored: await storedFiles(app), spooled: await spooledFiles(app) };
}

async function screenshots(client: UserFeedbackClient, id: number): Promise<string[]> {
  return (await client.get(id))['screenshots'] as string[];
}

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
  const link = async (extension = 'png', by = client): Promise<string> =>
    (
      await by.call<string>(
        'GET',
        `${by.project}/channels/${by.channelId}/image-upload-url?extension=${extension}`,
      )
    ).body;
  const put = (url: string, content: Buffer, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'PUT', body: new Uint8Array(content), headers });
  const bare = (url: string): string => url.split('?')[0]!;

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

  describe('by a presigned link', () => {
    it('are put, referred to and shown, without what they tell beside the picture', async () => {
      const url = await link('PNG');
      expect(url).toMatch(
        new RegExp(`^${app.url}/files/${client.projectId}/[0-9a-f-]{36}\\.png\\?expires=\\d+&signature=.+`),
      );
      expect((await fetch(bare(url))).status).toBe(404);
      const answer = await put(url, pngWithMetadata(), { 'Content-Type': 'image/png' });
      expect([answer.status, await answer.text()]).toEqual([200, '']);
      // With the query it is the same link: the published flow strips it, but who forgets to is understood.
      for (const sent of [bare(url), url]) {
        const id = await client.say({ screenshots: [sent] });
        expect(await screenshots(client, id)).toEqual([bare(url)]);
      }
      const shown = await fetch(bare(url));
      expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
      const bytes = Buffer.from(await shown.arrayBuffer());
      for (const secret of SECRETS) expect(bytes.includes(secret)).toBe(false);
      expect((await fetch(bare(url), { method: 'HEAD' })).status).toBe(200);
    });

    it.each(['jpeg', 'jpg', 'png', 'gif', 'webp'])('ending in %s', async (extension) => {
      const content = { jpeg: jpegWithExif, jpg: jpegWithExif, png: pngFile, gif: gifFile, webp: webpFile };
      const url = await link(extension);
      expect((await put(url, content[extension as keyof typeof content]())).status).toBe(200);
      const shown = await fetch(bare(url));
      expect(shown.headers.get('content-type')).toBe(`image/${extension.replace('jpg', 'jpeg')}`);
    });

    it.each([
      ['', 'Extension is required in query parameter'],
      ['?extension=', 'Extension is required in query parameter'],
      ['?extension=svg', 'Extension must be one of jpeg, jpg, png, gif, webp'],
      ['?extension=../png', 'Extension must be one of jpeg, jpg, png, gif, webp'],
      ['?extension=png&extension=gif', ['extension must be a string']],
    ])('are refused with %j', async (query, message) => {
      const answer = await client.call(
        'GET',
        `${client.project}/channels/${client.channelId}/image-upload-url${query}`,
      );
      expect([answer.status, answer.body]).toEqual([400, badRequest(message)]);
    });

    it('are refused when the file is not what the link allows, and may be put again', async () => {
      const url = await link();
      const before = (await storedFiles(app)).length;
      for (const [content, status, headers] of [
        [pngFile(MB + 1), 413, {}],
        [Buffer.from('<script>alert(1)</script>'), 400, {}],
        [jpegWithExif(), 400, {}],
        [pngFile().subarray(0, 30), 400, {}],
        [Buffer.alloc(0), 400, {}],
        [pngFile(), 415, { 'Content-Encoding': 'gzip' }],
      ] as const) {
        const answer = await put(url, content, headers);
        expect([answer.status, await answer.json()]).toEqual([
          status,
          failure(status, expect.any(String), { error: expect.any(String) }),
        ]);
      }
      expect(await storedFiles(app)).toHaveLength(before);
      expect(await spooledFiles(app)).toEqual([]);
      const missing = await client.call('POST', client.feedbacks, { screenshots: [bare(url)] });
      expect(missing.body).toEqual(badRequest('The file was not uploaded.'));
      expect((await put(url, pngFile(MB))).status).toBe(200);
      expect((await put(url, pngFile(500))).status).toBe(200);
      expect((await fetch(bare(url))).headers.get('content-length')).toBe('500');
      await client.say({ screenshots: [bare(url)] });
      expect((await put(url, pngFile())).status).toBe(409);
    });

    it('are refused without a signature, with one of another file, and after an hour', async () => {
      const [url, other] = [await link(), await link()];
      const signature = new URL(other).search;
      for (const wrong of [
        bare(url),
        bare(url) + signature,
        url.replace(/expires=\d+/, 'expires=99999999999'),
        url.replace(/signature=.*/, 'signature='),
        `${url}&signature=x`,
        url.replace('.png?', '.gif?'),
      ]) {
        const { status } = await put(wrong, pngFile());
        expect([wrong, [400, 403].includes(status)]).toEqual([wrong, true]);
      }
      expect((await put(url.replace(/[0-9a-f-]{36}/, 'x'), pngFile())).status).toBe(404);
      app.clock.advance(3_601_000);
      expect((await put(url, pngFile())).status).toBe(403);
      app.clock.reset();
      expect((await put(url, pngFile())).status).toBe(200);
    });

    it('of another project stand for nothing here', async () => {
      const other = await UserFeedbackClient.make(app, { account: client.account });
      const url = await link('png', other);
      await put(url, pngFile());
      const strict = await client.call('POST', client.feedbacks, { screenshots: [bare(url)] });
      expect(strict.body).toEqual(
        badRequest(expect.stringMatching(/^invalid domain in image link: 127\.0\.0\.1/)),
      );
      const forged = bare(url).replace(`/files/${other.projectId}/`, `/files/${client.projectId}/`);
      const answer = await client.call('POST', client.feedbacks, { screenshots: [forged] });
      expect(answer.body).toEqual(badRequest('The file was not uploaded.'));
      expect((await fetch(forged)).status).toBe(404);
      await other.say({ screenshots: ['https://anywhere.example/a.png', bare(url)] });
    });

    it('may be of any page, as browsers ask first', async () => {
      const answer = await fetch(await link(), {
        method: 'OPTIONS',
        headers: { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'PUT' },
      });
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'GET, HEAD, PUT',
      });
    });
  });

  it('stay while a feedback refers to them, and are swept a day after the last one is gone', async () => {
    const sweep = () => app.server.app.get(AttachmentsService).sweep();
    const [shared, replaced, unused] = [await link(), await link(), await link()];
    for (const url of [shared, replaced, unused]) await put(url, pngFile());
    const first = await client.say({ screenshots: [bare(shared)] });
    const second = await client.say({ message: 'x' });
    await client.call('PUT', `${client.feedbacks}/${second}`, {
      screenshots: [bare(shared), bare(replaced)],
    });
    const { body: form } = await send([image(pngFile(700))]);
    const [inForm] = await screenshots(client, form.id);
    const shown = async () =>
      Promise.all([shared, replaced, unused, inForm!].map(async (url) => (await fetch(bare(url))).status));
    app.clock.advance(DAY_MS + 60_000);
    await sweep();
    expect(await shown()).toEqual([200, 200, 404, 200]);
    await client.call('DELETE', client.feedbacks, { feedbackIds: [first, form.id] });
    await sweep();
    expect(await shown()).toEqual([200, 200, 404, 404]);
    await client.call('DELETE', client.feedbacks, { feedbackIds: [second] });
    await sweep();
    expect(await shown()).toEqual([404, 404, 404, 404]);
    app.clock.reset();
  });

  it('of one feedback are at most 20', async () => {
    const links = await Promise.all(Array.from({ length: 21 }, () => link()));
    await Promise.all(links.map((url) => put(url, pngFile())));
    const many = await client.call('POST', client.feedbacks, { screenshots: links.map(bare) });
    expect(many.body).toEqual(badRequest('A feedback holds at most 20 files.'));
    const id = await client.say({ screenshots: links.slice(0, 20).map(bare) });
    const more = await client.call('PUT', `${client.feedbacks}/${id}`, { screenshots: [bare(links[20]!)] });
    expect(more.body).toEqual(badRequest('A feedback holds at most 20 files.'));
    expect(await screenshots(client, id)).toHaveLength(20);
  });
});

describe('images in S3 (s3rver, an S3 server process from npm)', () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3();
  });
  const app = testApp(() => ({
    STORAGE: 's3',
    S3_BUCKET: BUCKET,
    S3_ENDPOINT: `http://127.0.0.1:${s3.port}`,
    S3_FORCE_PATH_STYLE: true,
    S3_ACCESS_KEY_ID: S3_KEY,
    S3_SECRET_ACCESS_KEY: S3_KEY,
  }));
  afterAll(() => s3.stop());

  it('are put there by a presigned link, looked at when a feedback refers to them, and shown by us', async () => {
    const client = await UserFeedbackClient.make(app, { imageHosts: ['img.example.com'] });
    const path = `${client.project}/channels/${client.channelId}/image-upload-url?extension=png`;
    const { body: url } = await client.call<string>('GET', path);
    expect(url).toContain(`http://127.0.0.1:${s3.port}/${BUCKET}/`);
    const object = url.split('?')[0]!;
    const create = () => client.call('POST', client.feedbacks, { screenshots: [object] });
    const missing = await create();
    expect(missing.body).toEqual(badRequest('The file was not uploaded.'));
    const put = (content: Buffer) => fetch(url, { method: 'PUT', body: new Uint8Array(content) });
    expect((await put(Buffer.from('no image'))).status).toBe(200);
    expect((await create()).status).toBe(400);
    expect((await put(pngWithMetadata())).status).toBe(200);
    const created = await create();
    expect(created.status).toBe(201);
    const [shown] = await screenshots(client, created.body['id'] as number);
    expect(shown).toMatch(new RegExp(`^${app.url}/files/${client.projectId}/[0-9a-f-]{36}\\.png$`));
    const bytes = Buffer.from(await (await fetch(shown!)).arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    for (const secret of SECRETS) expect(bytes.includes(secret)).toBe(false);
  });

  it('come in a form, too', async () => {
    const client = await UserFeedbackClient.make(app);
    const path = `${client.project}/channels/${client.channelId}/feedbacks-with-images`;
    const { body } = await client.call<{ id: number }>('POST', path, form([image(pngFile(900))]));
    const [shown] = await screenshots(client, body.id);
    expect((await fetch(shown!)).headers.get('content-length')).toBe('900');
  });
});
