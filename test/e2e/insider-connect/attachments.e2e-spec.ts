import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import { jpegFile, jpegWithExif, pdfFile, pngFile, pngWithMetadata, SECRETS } from '#test/support/files.js';
import { attach, createFeedback, envelope, tokenOf } from '#test/support/insider-connect.js';
import type { SeededClient } from '#test/support/seed.js';
import { fileTraces, storedFiles } from '#test/support/stored-files.js';
import { testApp } from '#test/support/test-app.js';

const MAX = 4_194_304;
const png = (size?: number, seed = 0) => ({
  name: 'a.png',
  type: 'image/png',
  content: pngFile(size, { seed }),
});
const jpeg = (size?: number) => ({ name: 'b.jpg', type: 'image/jpeg', content: jpegFile(size) });
const pdf = (size?: number, seed = 0) => ({
  name: 'c.pdf',
  type: 'application/pdf',
  content: pdfFile(size, { seed }),
});

interface Shown {
  readonly attachments: {
    readonly id: number;
    readonly name: string;
    readonly contentType: string;
    readonly size: number;
    readonly url: string;
  }[];
}

describe('POST /api/client/feedbacks/{feedbackId}/attachments', () => {
  const app = testApp();
  let client: SeededClient;
  let token: string;
  let id: number;
  beforeAll(async () => {
    client = await app.seed.client();
    token = await tokenOf(app, client);
  });
  beforeEach(async () => {
    id = (await envelope<number>(await createFeedback(app, token))).data;
  });

  const shown = async () => {
    const headers = { Authorization: `Bearer ${token}` };
    return (await envelope<Shown>(await app.fetch(`/api/client/feedbacks/${id}`, { headers }))).data
      .attachments;
  };
  const attached = async (files: Parameters<typeof attach>[3]) => {
    const response = await attach(app, token, id, files);
    expect(response.status).toBe(200);
    return { response, body: await envelope<number>(response) };
  };
  const download = async (path: string) => {
    const response = await app.fetch(path, { headers: { Authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  it('200 answers the id of the last attachment, and all files stand at the feedback in order', async () => {
    const { response, body } = await attached([png(), jpeg(), pdf()]);
    const files = await shown();
    expect(body).toEqual({
      isSuccess: true,
      data: files[2]!.id,
      errors: null,
      requestId: response.headers.get('x-request-id'),
    });
    expect(files.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['a.png', 'image/png'],
      ['b.jpg', 'image/jpeg'],
      ['c.pdf', 'application/pdf'],
    ]);
    expect(files[0]!.id < files[1]!.id && files[1]!.id < files[2]!.id).toBe(true);
  });

  it('answers a new and higher id for every request, across the blocks that ids come in', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 9; i++) ids.push((await attached([pdf(500, i), pdf(600, i)])).body.data);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect((await shown()).at(-1)!.id).toBe(ids.at(-1));
  });

  it.each([
    ['a PNG', png(MAX)],
    ['a JPEG', jpeg(MAX)],
    ['a PDF', pdf(MAX)],
  ])('takes %s of 4 194 304 bytes, and gives back every one of them', async (_what, file) => {
    await attached([file]);
    const [{ size, url } = { size: 0, url: '' }] = await shown();
    expect(size).toBe(MAX);
    expect((await download(url)).equals(file.content)).toBe(true);
    expect((await fileTraces(app)).spooled).toBe(0);
  });

  it('takes ten files of 4 194 304 bytes in one request', async () => {
    await attached(Array.from({ length: 10 }, (_, seed) => pdf(MAX, seed)));
    expect(await shown()).toHaveLength(10);
  });

  it.each([
    ['image/jpg for a JPEG', { ...jpeg(), type: 'image/jpg' }, 'image/jpeg'],
    ['.jpeg for a JPEG', { ...jpeg(), name: 'a.jpeg' }, 'image/jpeg'],
    ['an extension in capitals', { ...png(), name: 'A.PNG' }, 'image/png'],
    ['a type in capitals with a parameter', { ...pdf(), type: 'Application/PDF; x=y' }, 'application/pdf'],
  ])('takes %s', async (_what, file, contentType) => {
    await attached([file]);
    expect((await shown())[0]).toMatchObject({ contentType });
  });

  it.each([
    [
      'a JPEG',
      {
        name: 'a.jpg',
        type: 'image/jpeg',
        content: jpegWithExif({ orientation: 6, trailer: Buffer.from('52.520008') }),
      },
      6,
    ],
    ['a PNG', { name: 'a.png', type: 'image/png', content: pngWithMetadata(6) }, undefined],
  ])(
    'takes place, author and comments out of %s, and leaves the picture',
    async (_what, file, orientation) => {
      for (const secret of SECRETS) expect(file.content.includes(secret)).toBe(true);
      await attached([file]);
      const [{ size, url } = { size: 0, url: '' }] = await shown();
      const content = await download(url);
      expect(content).toHaveLength(size);
      for (const secret of SECRETS) expect(content.includes(secret)).toBe(false);
      const before = imageSize(file.content);
      expect(imageSize(content)).toMatchObject({ width: before.width, height: before.height });
      if (orientation) expect(imageSize(content).orientation).toBe(orientation);
    },
  );

  it('stores a content once for each feedback, under every name it came by', async () => {
    const before = await fileTraces(app);
    await attached([pdf(700)]);
    const { body } = await attached([
      { ...pdf(700), name: 'again.pdf' },
      { ...pdf(700), name: 'and-again.pdf' },
    ]);
    const files = await shown();
    expect(files.map(({ name }) => name)).toEqual(['c.pdf', 'again.pdf', 'and-again.pdf']);
    expect(files[2]!.id).toBe(body.data);
    const after = await fileTraces(app);
    expect(after.stored - before.stored).toBe(1);
    expect(after.fileRows - before.fileRows).toBe(1);
    expect(after.attachmentRows - before.attachmentRows).toBe(3);
    for (const { url } of files) expect((await download(url)).equals(pdf(700).content)).toBe(true);
  });

  it('keeps a hash, the size and what a scanner said, under a key that has nothing of the name', async () => {
    await attached([{ ...png(), name: 'telling-name.png' }]);
    const [row] = await app.query<{ id: string; scan: string; digest: Buffer; width: number; kept: boolean }>(
      `select f.* from stored_file f join attachment a on a.file_id = f.id where a.feedback_id = $1`,
      [id],
    );
    expect(row).toMatchObject({ scan: 'not_scanned', kept: true, width: 1 });
    expect(row!.digest).toHaveLength(32);
    const keys = await storedFiles(app);
    expect(keys).toContain(row!.id);
    expect(keys.every((key) => /^[0-9a-f-]{36}$/.test(key))).toBe(true);
    const path = join(app.dataDir, 'files', row!.id.slice(-2), row!.id.slice(-4, -2), row!.id);
    expect((await readFile(path)).equals(pngFile())).toBe(true);
  });

  it.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\temp\\report.pdf', 'report.pdf'],
    ['.hidden.pdf', 'hidden.pdf'],
    ['con.pdf', '_con.pdf'],
    ['invoice\u202efdp.exe.pdf', 'invoicefdp.exe.pdf'],
    ['u\u0308ber.pdf', '\u00fcber.pdf'],
    [`${'\u00fc'.repeat(200)}.pdf`, `${'\u00fc'.repeat(125)}.pdf`],
    ['"quoted"; x="y.pdf', '"quoted"; x="y.pdf'],
    ['Bericht \u4e2d\u6587 \u{1f600}.pdf', 'Bericht \u4e2d\u6587 \u{1f600}.pdf'],
  ])('keeps of the name %j what is safe: %j', async (given, kept) => {
    await attached([{ ...pdf(), name: given }]);
    expect((await shown())[0]!.name).toBe(kept);
  });

  it.each([
    ["filename*=UTF-8''%E2%82%AC%07%00.pdf", '\u20ac.pdf'],
    ['filename="plain.pdf"; filename*=utf-8\'de\'%C3%A4.pdf', '\u00e4.pdf'],
    ["filename*=iso-8859-1''%E4.pdf", '\u00e4.pdf'],
    ["filename*=UTF-8''..%2F..%2Fx.pdf", 'x.pdf'],
  ])('reads the encoded name in %s as %j', async (parameter, kept) => {
    const head = `--X\r\nContent-Disposition: form-data; name="files"; ${parameter}\r\nContent-Type: application/pdf\r\n\r\n`;
    const response = await app.fetch(`/api/client/feedbacks/${id}/attachments`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'multipart/form-data; boundary=X' },
      body: `${head}${pdfFile().toString('latin1')}\r\n--X--\r\n`,
    });
    expect(response.status).toBe(200);
    expect((await shown())[0]!.name).toBe(kept);
  });

  it('leaves one event for a request, of ids alone', async () => {
    await attached([{ ...png(), name: 'private-name.png' }, pdf()]);
    const events = await app.query<{ data: unknown; text: string }>(
      `select data, row_to_json(e)::text as text from event e
       where type = 'feedback.files-attached' and subject_id = $1`,
      [String(id)],
    );
    expect(events).toHaveLength(1);
    expect(events[0]!.data).toEqual({ attachmentIds: (await shown()).map((file) => file.id) });
    expect(events[0]!.text).not.toContain('private-name');
  });
});

describe('attachments with STRIP_IMAGE_METADATA off', () => {
  const app = testApp({ STRIP_IMAGE_METADATA: false });

  it('are stored byte for byte', async () => {
    const token = await tokenOf(app, await app.seed.client());
    const id = (await envelope<number>(await createFeedback(app, token))).data;
    const content = jpegWithExif();
    const { data } = await envelope<number>(
      await attach(app, token, id, [{ name: 'a.jpg', type: 'image/jpeg', content }]),
    );
    const response = await app.fetch(`/api/client/feedbacks/${id}/attachments/${data}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  });
});
