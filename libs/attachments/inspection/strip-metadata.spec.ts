import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { imageSize } from 'image-size';
import {
  exif,
  gifExtension,
  gifFile,
  jpegFile,
  jpegSegment,
  jpegWithExif,
  pngChunk,
  pngFile,
  pngHeader,
  pngWithMetadata,
  PNG_SIGNATURE,
  SECRETS,
  webpChunk,
  webpFile,
} from '#test/support/files.js';
import { contentOf } from './content-of.js';
import { inspectFile } from './inspect-file.js';
import { MEDIA_TYPES, sniffMediaType } from './media-type.js';

/** Says how often an animation repeats: the picture is drawn with it. */
const GIF_LOOP = gifExtension(0xff, Buffer.from('NETSCAPE2.0'), Buffer.from([1, 0, 0]));

/** A GIF with a comment, XMP, a maker's data and something after its end. */
function gifWithMetadata(): Buffer {
  const comment = gifExtension(0xfe, Buffer.from('COMMENT-SECRET'));
  const xmp = gifExtension(0xff, Buffer.from('XMP DataXMP'), Buffer.from('XMP-SECRET'));
  const maker = gifExtension(0xff, Buffer.from('MAKER---1.0'), Buffer.from('MAKER-SECRET'));
  return Buffer.concat([gifFile([comment, GIF_LOOP, xmp, maker]), Buffer.from('52.520008')]);
}

/** A WebP with a colour profile, EXIF, XMP, a maker's chunk and something after its end. */
function webpWithMetadata(orientation = 1): Buffer {
  const chunks = [
    webpChunk('ICCP', Buffer.from('odd')),
    webpChunk('EXIF', exif(orientation)),
    webpChunk('XMP ', Buffer.from('XMP-SECRET')),
    webpChunk('MAKR', Buffer.from('MAKER-SECRET')),
  ];
  return Buffer.concat([webpFile(chunks, 0x0c), Buffer.from('52.520008')]);
}

describe('the content of an image', () => {
  let directory: string;
  let count = 0;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-strip-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** The stored bytes, or the reason why there are none. */
  async function stored(bytes: Buffer, stripMetadata = true): Promise<Buffer | string> {
    const type = sniffMediaType(bytes.subarray(0, 12))!;
    const path = join(directory, String(count++));
    await writeFile(path, bytes);
    const file = await inspectFile(
      {
        path,
        originalName: `a${MEDIA_TYPES[type].extensions[0]}`,
        declaredType: type,
        size: bytes.length,
      },
      {
        maxBytes: 10_000_000,
        maxPixels: 50_000_000,
        types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
        stripMetadata,
      },
    );
    if (!file.accepted) return file.reason;
    const content = await buffer(contentOf(file));
    expect(content).toHaveLength(file.size);
    return content;
  }

  const jpegHead = Buffer.concat([Buffer.from([0xff, 0xd8]), jpegSegment(0xe0, Buffer.from('JFIF\0'))]);
  const afterSoi = (file: Buffer, ...segments: Buffer[]) =>
    Buffer.concat([file.subarray(0, 2), ...segments, file.subarray(2)]);

  it.each([
    ['JPEG', jpegWithExif({ trailer: Buffer.from('52.520008') }), jpegFile()],
    ['PNG', pngWithMetadata(), pngFile()],
    ['GIF', gifWithMetadata(), gifFile([GIF_LOOP])],
    ['WebP', webpWithMetadata(), webpFile([webpChunk('ICCP', Buffer.from('odd'))])],
  ])('of a %s without its metadata is the bare image, byte by byte', async (_type, full, bare) => {
    expect(await stored(full)).toEqual(bare);
    expect(await stored(bare)).toEqual(bare);
  });

  it.each([
    ['JPEG', jpegWithExif({ orientation: 6 })],
    ['PNG', pngWithMetadata(6)],
    ['GIF', gifWithMetadata()],
    ['WebP', webpWithMetadata(6)],
  ])('of a %s stays as it is when stripping is off', async (_type, full) => {
    expect(await stored(full, false)).toEqual(full);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])('keeps orientation %d and nothing else of EXIF', async (orientation) => {
    for (const littleEndian of [false, true]) {
      const content = (await stored(jpegWithExif({ orientation, littleEndian }))) as Buffer;
      expect(imageSize(content)).toMatchObject({ orientation, width: 1, height: 1 });
      for (const secret of SECRETS) expect(content.includes(secret)).toBe(false);
      expect(await stored(content)).toEqual(content);
    }
    const png = (await stored(pngWithMetadata(orientation))) as Buffer;
    for (const secret of SECRETS) expect(png.includes(secret)).toBe(false);
    expect(png.includes('eXIf')).toBe(true);
    expect(await stored(png)).toEqual(png);
    const webp = (await stored(webpWithMetadata(orientation))) as Buffer;
    for (const secret of SECRETS) expect(webp.includes(secret)).toBe(false);
    // The flags of the container say that there is EXIF, and no XMP.
    expect([webp.includes('EXIF'), webp[20]! & 0x0c]).toEqual([true, 0x08]);
    expect(await stored(webp)).toEqual(webp);
  });

  it.each([0, 1, 9, 65_535])('drops EXIF with the meaningless orientation %d', async (orientation) => {
    expect(await stored(jpegWithExif({ orientation }))).toEqual(jpegFile());
  });

  it('of a GIF or a WebP has its size, and is refused when the structure is broken', async () => {
    for (const file of [gifWithMetadata(), webpWithMetadata(), gifFile(), webpFile()]) {
      expect(imageSize((await stored(file)) as Buffer)).toMatchObject({ width: 1, height: 1 });
    }
    for (const file of [gifFile(), webpFile(), gifWithMetadata(), webpWithMetadata()]) {
      const end = file.indexOf('52.520008');
      for (let length = 14; length < (end < 0 ? file.length : end); length++) {
        expect(await stored(file.subarray(0, length))).toBe('damaged_image');
      }
    }
  });

  it('never grows, whatever EXIF it had', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 80 }),
        fc.integer({ min: 0, max: 60 }),
        async (noise, length) => {
          const tiff = Buffer.concat([exif(6).subarray(0, length), noise]);
          const jpeg = afterSoi(
            jpegFile(),
            jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff])),
          );
          const content = await stored(jpeg);
          expect(content.length).toBeLessThanOrEqual(jpeg.length);
          expect(content).toBeInstanceOf(Buffer);
        },
      ),
    );
  });

  it('keeps the colour profile and the colour transform', async () => {
    const icc = jpegSegment(0xe2, Buffer.from('ICC_PROFILE\0\u0001\u0001profile'));
    const adobe = jpegSegment(0xee, Buffer.from('Adobe\0d\0\0\0\0\u0001'));
    const mpf = jpegSegment(0xe2, Buffer.from('MPF\0MAKER-SECRET'));
    const jfxx = jpegSegment(0xe0, Buffer.from('JFXX\0preview'));
    const bare = afterSoi(jpegFile(), icc, adobe);
    expect(await stored(afterSoi(jpegFile(), jfxx, icc, mpf, adobe))).toEqual(bare);
  });

  it('finds the size behind 640 KB of metadata', async () => {
    const large = jpegSegment(0xe1, Buffer.alloc(65_000, 'Exif\0\0'));
    const jpeg = afterSoi(jpegFile(undefined, { width: 70, height: 50 }), ...Array<Buffer>(10).fill(large));
    expect(await stored(jpeg)).toEqual(jpegFile(undefined, { width: 70, height: 50 }));
  });

  it('walks all scans of a progressive JPEG, and stuffed bytes and restarts within them', async () => {
    const scan = (...data: number[]) =>
      Buffer.concat([jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from(data)]);
    const frame = jpegSegment(0xc2, Buffer.from([8, 0, 9, 0, 7, 1, 1, 0x11, 0]));
    const first = scan(1, 0xff, 0, 0xfe, 0xff, 0xd0, 2, 0xff, 0xff, 0xd7, 3);
    const last = Buffer.concat([scan(4, 0xff, 0), Buffer.alloc(200_000, 0x55), Buffer.from([0xff, 0xd9])]);
    const comment = jpegSegment(0xfe, Buffer.from('COMMENT-SECRET'));
    const table = jpegSegment(0xc4, Buffer.alloc(17));
    const jpeg = Buffer.concat([jpegHead, frame, first, comment, table, last, Buffer.from('a film')]);
    expect(await stored(jpeg)).toEqual(Buffer.concat([jpegHead, frame, first, table, last]));
  });

  it('accepts a JPEG that ends inside its scan, as decoders do', async () => {
    const jpeg = jpegFile().subarray(0, -2);
    expect(await stored(jpeg)).toEqual(jpeg);
  });

  const pngOf = (...chunks: Buffer[]) => Buffer.concat([PNG_SIGNATURE, ...chunks]);
  it.each([
    ['a JPEG cut in a segment', jpegFile().subarray(0, 60)],
    ['a JPEG without a scan', Buffer.concat([jpegHead, Buffer.from([0xff, 0xd9])])],
    [
      'a JPEG with bytes between segments',
      Buffer.concat([jpegHead, Buffer.from('x'), jpegFile().subarray(20)]),
    ],
    ['a JPEG in a JPEG', afterSoi(jpegFile(), Buffer.from([0xff, 0xd8]))],
    ['a JPEG whose segment has no length', afterSoi(jpegFile(), Buffer.from([0xff, 0xfe, 0, 1]))],
    ['a JPEG with two frames', afterSoi(jpegFile(), jpegSegment(0xc0, Buffer.from([8, 0, 1, 0, 1, 0])))],
    ['a JPEG of fill bytes', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(400_000, 0xff)])],
    [
      'a JPEG of comments',
      afterSoi(jpegFile(), ...Array<Buffer>(20_001).fill(jpegSegment(0xfe, Buffer.alloc(0)))),
    ],
    ['a PNG without data', pngOf(pngHeader(1, 1), pngChunk('IEND'))],
    ['a PNG without an end', pngFile().subarray(0, -12)],
    ['a PNG that starts with something else', pngOf(pngChunk('tEXt'), pngHeader(1, 1), pngChunk('IEND'))],
    ['a PNG with two headers', pngOf(pngHeader(1, 1), pngHeader(1, 1), pngChunk('IDAT'), pngChunk('IEND'))],
    ['a PNG whose chunk has no name', pngOf(pngHeader(1, 1), pngChunk('\0\0\0\0'), pngChunk('IEND'))],
    ['a PNG of empty chunks', pngOf(pngHeader(1, 1), ...Array<Buffer>(20_001).fill(pngChunk('IDAT')))],
  ])('refuses %s as damaged', async (_what, bytes) => {
    expect(await stored(bytes)).toBe('damaged_image');
  });

  it('answers something about any bytes that start like an image', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(jpegWithExif({ orientation: 3 }), pngWithMetadata(3)),
        fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 6 }),
        fc.nat(700),
        async (image, changes, length) => {
          const bytes = Buffer.from(image.subarray(0, 8 + length));
          for (const [at, value] of changes) if (at >= 8 && at < bytes.length) bytes[at] = value;
          const result = await stored(bytes);
          if (Buffer.isBuffer(result)) expect(result.length).toBeLessThanOrEqual(bytes.length);
          else expect(['damaged_image', 'too_many_pixels']).toContain(result);
        },
      ),
      { numRuns: 500 },
    );
  });
});
