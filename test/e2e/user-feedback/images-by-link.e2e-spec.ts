import { AttachmentsService } from '#libs/attachments/attachments.service.js';
import { gifFile, jpegWithExif, pngFile, pngWithMetadata, SECRETS, webpFile } from '#test/support/files.js';
import { form, image, type Part, screenshots } from '#test/support/image-forms.js';
import { BUCKET, startS3, type S3Server } from '#test/support/s3-server.js';
import { spooledFiles, storedFiles } from '#test/support/stored-files.js';
import { testApp } from '#test/support/test-app.js';
import { badRequest, failure, UserFeedbackClient } from '#test/support/user-feedback.js';

const MB = 1024 * 1024;
const DAY_MS = 86_400_000;

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
    await client.call('PUT', `${client.feedbacks}/${second}`, { screenshots: [bare(shared)] });
    await client.call('PUT', `${client.feedbacks}/${second}`, { message: 'y' });
    await sweep();
    expect(await shown()).toEqual([200, 404, 404, 404]);
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
    const path = `${client.feedbacks}/${id}`;
    const more = await client.call('PUT', path, { screenshots: links.map(bare) });
    expect(more.body).toEqual(badRequest('A feedback holds at most 20 files.'));
    expect(await screenshots(client, id)).toHaveLength(20);
    const others = links.slice(1).map(bare);
    expect((await client.call('PUT', path, { screenshots: others })).status).toBe(200);
    expect(await screenshots(client, id)).toEqual(others);
  });
});

describe('images in S3 (s3rver, an S3 server process from npm)', () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3();
  });
  const app = testApp(() => s3.settings);
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
