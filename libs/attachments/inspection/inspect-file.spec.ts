import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { jpegFile, pdfFile, PNG_SIGNATURE, pngChunk, pngFile, pngHeader } from '#test/support/files.js';
import type { AttachmentRules } from './attachment-rules.js';
import { contentOf } from './content-of.js';
import { inspectFile } from './inspect-file.js';

const RULES: AttachmentRules = {
  maxBytes: 4_194_304,
  maxPixels: 50_000_000,
  types: ['image/jpeg', 'image/png', 'application/pdf'],
  stripMetadata: true,
};

describe('inspectFile', () => {
  let directory: string;
  let count = 0;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-inspection-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function inspect(bytes: Buffer, name: string, type: string, rules: Partial<AttachmentRules> = {}) {
    const path = join(directory, String(count++));
    await writeFile(path, bytes);
    const file = { path, originalName: name, declaredType: type, size: bytes.length };
    return inspectFile(file, { ...RULES, ...rules });
  }

  const accepted = { accepted: true };
  const refused = (reason: string) => ({ accepted: false, reason });

  it.each([
    ['photo.jpg', 'image/jpeg', jpegFile()],
    ['photo.JPEG', 'image/jpg', jpegFile()],
    ['photo.jpeg', 'IMAGE/JPEG; charset=binary', jpegFile()],
    ['shot.png', 'image/png', pngFile()],
    ['scan.PDF', ' application/pdf ;x=y', pdfFile()],
  ])('accepts %s declared as %s', async (name, type, bytes) => {
    expect(await inspect(bytes, name, type)).toMatchObject(accepted);
  });

  it('tells all that is stored with a file', async () => {
    const bytes = jpegFile(5_000, { width: 640, height: 480 });
    expect(await inspect(bytes, '../Mein Foto.jpg', 'image/jpg')).toMatchObject({
      name: 'Mein Foto.jpg',
      mediaType: 'image/jpeg',
      size: 5_000,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      dimensions: { width: 640, height: 480 },
    });
    expect(await inspect(pdfFile(), 'a.pdf', 'application/pdf')).not.toHaveProperty('dimensions');
  });

  it.each([
    ['jpg', 'image/jpeg', jpegFile],
    ['png', 'image/png', pngFile],
    ['pdf', 'application/pdf', pdfFile],
  ])('takes a %s of exactly 4 194 304 bytes and not one byte more', async (extension, type, make) => {
    const largest = await inspect(make(4_194_304), `a.${extension}`, type);
    expect(largest).toMatchObject({ accepted: true, size: 4_194_304 });
    expect(await inspect(make(4_194_305), `a.${extension}`, type)).toMatchObject(refused('too_large'));
  });

  it('refuses a file that was cut off while it came in, without looking for it', async () => {
    const path = join(directory, 'never-written');
    const file = { path, originalName: 'a.jpg', declaredType: 'image/jpeg', size: 5_000_000 };
    expect(await inspectFile(file, RULES)).toEqual({ accepted: false, name: 'a.jpg', reason: 'too_large' });
  });

  it.each([
    ['nothing at all', 'empty', Buffer.alloc(0), 'a.jpg', 'image/jpeg'],
    ['an SVG', 'type_not_allowed', Buffer.from('<svg/>'), 'a.svg', 'image/svg+xml'],
    ['an SVG in disguise', 'type_mismatch', Buffer.from('<svg/>'), 'a.png', 'image/png'],
    ['a GIF', 'type_not_allowed', Buffer.from('GIF89a=1;alert(1)'), 'a.gif', 'image/gif'],
    ['a GIF in disguise', 'type_mismatch', Buffer.from('GIF89a=1;alert(1)'), 'a.jpg', 'image/jpeg'],
    ['no declared type', 'type_not_allowed', jpegFile(), 'a.jpg', ''],
    ['an octet stream', 'type_not_allowed', jpegFile(), 'a.jpg', 'application/octet-stream'],
    ['a prefix of a type', 'type_not_allowed', jpegFile(), 'a.jpg', 'image/jpegs'],
    ['a PNG declared as JPEG', 'type_mismatch', pngFile(), 'a.jpg', 'image/jpeg'],
    ['a PNG named as JPEG', 'type_mismatch', pngFile(), 'a.jpg', 'image/png'],
    ['a name without extension', 'type_mismatch', pngFile(), 'png', 'image/png'],
    ['a second extension', 'type_mismatch', pngFile(), 'a.png.exe', 'image/png'],
    ['an extension turned around', 'type_mismatch', pngFile(), 'a\u202egnp.exe', 'image/png'],
    ['HTML before a PDF', 'type_mismatch', Buffer.from('<html>%PDF-1.4'), 'a.pdf', 'application/pdf'],
    ['a line before a PDF', 'type_mismatch', Buffer.from('\n%PDF-1.4'), 'a.pdf', 'application/pdf'],
    ['two bytes of a JPEG', 'type_mismatch', Buffer.from([0xff, 0xd8]), 'a.jpg', 'image/jpeg'],
    ['three bytes of a JPEG', 'damaged_image', Buffer.from([0xff, 0xd8, 0xff]), 'a.jpg', 'image/jpeg'],
    ['the signature of a PNG', 'damaged_image', PNG_SIGNATURE, 'a.png', 'image/png'],
  ])('refuses %s as %s', async (_what, reason, bytes, name, type) => {
    expect(await inspect(bytes, name, type)).toMatchObject(refused(reason));
  });

  it('refuses a type that its rules leave out', async () => {
    const rules = { types: ['application/pdf'] as const };
    expect(await inspect(pngFile(), 'a.png', 'image/png', rules)).toMatchObject(refused('type_not_allowed'));
    expect(await inspect(pdfFile(), 'a.pdf', 'application/pdf', rules)).toMatchObject(accepted);
  });

  const png = (width: number, height: number) =>
    Buffer.concat([PNG_SIGNATURE, pngHeader(width, height), pngChunk('IDAT'), pngChunk('IEND')]);

  it.each([
    ['png', 'image/png', png(10_000, 5_000), accepted],
    ['png', 'image/png', png(10_000, 5_001), refused('too_many_pixels')],
    ['png', 'image/png', png(0x7fffffff, 0x7fffffff), refused('too_many_pixels')],
    ['png', 'image/png', png(0x80000000, 1), refused('damaged_image')],
    ['png', 'image/png', png(0, 5), refused('damaged_image')],
    ['jpg', 'image/jpeg', jpegFile(undefined, { width: 10_000, height: 5_000 }), accepted],
    ['jpg', 'image/jpeg', jpegFile(undefined, { width: 10_000, height: 5_001 }), refused('too_many_pixels')],
    ['jpg', 'image/jpeg', jpegFile(undefined, { width: 5, height: 0 }), refused('damaged_image')],
  ])('takes 50 megapixels and not one more (%s, %s, %#)', async (extension, type, bytes, expected) => {
    expect(await inspect(bytes, `a.${extension}`, type)).toMatchObject(expected);
  });

  it('streams a content that is what it said', async () => {
    const bytes = pngFile(300_000, { seed: 7 });
    const file = await inspect(bytes, 'a.png', 'image/png');
    if (!file.accepted) throw new Error(file.reason);
    expect((await buffer(contentOf(file))).equals(bytes)).toBe(true);
  });

  it('fails to stream a content whose original has become shorter', async () => {
    const file = await inspect(pdfFile(5_000), 'a.pdf', 'application/pdf');
    if (!file.accepted) throw new Error(file.reason);
    await writeFile(file.path, 'short');
    await expect(buffer(contentOf(file))).rejects.toThrow('shorter than when it was inspected');
  });
});
