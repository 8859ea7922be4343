import { crc32 } from 'node:zlib';

/** Files made by code: each is valid, has exactly the size asked for, and keeps every byte when metadata is stripped. */

export interface ImageOptions {
  readonly width?: number;
  readonly height?: number;
  /** 0 to 255; files of the same size with different seeds have different contents. */
  readonly seed?: number;
}

const ascii = (text: string) => Buffer.from(text, 'latin1');

export function jpegSegment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** One grey pixel, each Huffman table with the one code `0`; in a larger frame the other pixels stay undefined. */
function jpegParts({ width = 1, height = 1, seed = 0 }: ImageOptions) {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  const huffman = (id: number) => jpegSegment(0xc4, Buffer.from([id, 1, ...Array<number>(15).fill(0), 0]));
  return {
    start: Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      jpegSegment(0xe0, Buffer.from([...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0])),
    ]),
    tables: Buffer.concat([
      jpegSegment(0xdb, Buffer.from([0, ...Array<number>(64).fill((seed % 255) + 1)])),
      jpegSegment(0xc0, frame),
      huffman(0x00),
      huffman(0x10),
    ]),
    scan: Buffer.concat([jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x3f])]),
    end: Buffer.from([0xff, 0xd9]),
  };
}

/** A JPEG of `size` bytes (the smallest possible without it), filled up with FF before its last marker. */
export function jpegFile(size?: number, options: ImageOptions = {}): Buffer {
  const { start, tables, scan, end } = jpegParts(options);
  const bare = start.length + tables.length + scan.length + end.length;
  const fill = room('JPEG', size, bare);
  return Buffer.concat([start, tables, scan, Buffer.alloc(fill, 0xff), end]);
}

export interface JpegMetadata extends ImageOptions {
  readonly orientation?: number;
  /** Byte order of the EXIF data. */
  readonly littleEndian?: boolean;
  /** Put after the end of the image, as phones do with films. */
  readonly trailer?: Buffer;
}

/** What `jpegWithExif` and `pngWithMetadata` hide in their metadata; none of it may be in a stripped file. */
export const SECRETS = [
  '52.520008',
  'XMP-SECRET',
  'IPTC-SECRET',
  'COMMENT-SECRET',
  'MAKER-SECRET',
  'GPS-DATUM',
];

/** A JPEG with a place in its EXIF data, and with XMP, IPTC, a maker's segment and a comment. */
export function jpegWithExif({
  orientation = 1,
  littleEndian = false,
  trailer,
  ...image
}: JpegMetadata = {}) {
  const { start, tables, scan, end } = jpegParts(image);
  return Buffer.concat([
    start,
    jpegSegment(0xe1, Buffer.concat([ascii('Exif\0\0'), exif(orientation, littleEndian)])),
    jpegSegment(0xe1, ascii('http://ns.adobe.com/xap/1.0/\0<x>XMP-SECRET 52.520008</x>')),
    jpegSegment(0xed, ascii('Photoshop 3.0\x008BIM IPTC-SECRET')),
    jpegSegment(0xe4, ascii('MAKER-SECRET')),
    jpegSegment(0xfe, ascii('COMMENT-SECRET')),
    tables,
    scan,
    end,
    trailer ?? Buffer.alloc(0),
  ]);
}

/** TIFF with two directories: orientation and a pointer, then a place (GPSMapDatum as a text that is easy to find). */
export function exif(orientation: number, littleEndian = false): Buffer {
  const datum = ascii('GPS-DATUM 52.520008\0');
  const bytes = Buffer.alloc(8 + 2 + 24 + 4 + 2 + 12 + 4 + datum.length);
  const short = (value: number, at: number) =>
    littleEndian ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    littleEndian ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  bytes.write(littleEndian ? 'II*\0' : 'MM\0*', 0, 'latin1');
  long(8, 4);
  short(2, 8);
  short(0x0112, 10);
  short(3, 12);
  long(1, 14);
  short(orientation, 18);
  short(0x8825, 22);
  short(4, 24);
  long(1, 26);
  long(38, 30);
  short(1, 38);
  short(0x0012, 40);
  short(2, 42);
  long(datum.length, 44);
  long(56, 48);
  datum.copy(bytes, 56);
  return bytes;
}

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function pngChunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** 8-bit grey. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return pngChunk('IHDR', header);
}

const BLOCK = 65_535;
const PNG_BARE = 8 + 25 + 12 + 12;

/** A PNG of `size` bytes (the smallest possible without it): one row of as many grey pixels as fill it. */
export function pngFile(size?: number, { seed = 0 }: Pick<ImageOptions, 'seed'> = {}): Buffer {
  const smallest = PNG_BARE + zlibSize(2, 1);
  const zlib = smallest - PNG_BARE + room('PNG', size, smallest);
  // A row of `1 + width` bytes in uncompressed blocks; an empty block more where the sum would jump over `zlib`.
  for (const spare of [0, 1]) {
    const least = Math.ceil((zlib - 6) / (BLOCK + 5));
    for (const blocks of [least, least - 1]) {
      const row = zlib - 6 - 5 * (blocks + spare);
      const fits = blocks > 0 && row >= 2 && Math.ceil(row / BLOCK) === blocks;
      if (fits) return onePng(row, spare, seed);
    }
  }
  throw new Error(`No PNG of ${size} bytes can be made.`);
}

/** A PNG with text, EXIF and time chunks and something after its end. */
export function pngWithMetadata(orientation = 1): Buffer {
  const file = pngFile();
  const afterHeader = PNG_SIGNATURE.length + 25;
  return Buffer.concat([
    file.subarray(0, afterHeader),
    pngChunk('tEXt', ascii('Comment\0COMMENT-SECRET')),
    pngChunk('iTXt', ascii('XML:com.adobe.xmp\0\0\0\0\0XMP-SECRET')),
    pngChunk('zTXt', ascii('Raw\0\0IPTC-SECRET')),
    pngChunk('eXIf', exif(orientation)),
    pngChunk('tIME', Buffer.from([7, 234, 1, 2, 3, 4, 5])),
    pngChunk('prVt', ascii('MAKER-SECRET')),
    file.subarray(afterHeader),
    ascii('52.520008'),
  ]);
}

/** A PDF of `size` bytes (the smallest possible without it) with one empty page, filled up with a comment. */
export function pdfFile(size?: number, { seed = 0 }: Pick<ImageOptions, 'seed'> = {}): Buffer {
  const bare = onePdf(0, seed).length;
  let fill = room('PDF', size, bare);
  // The number of the last table's place has more digits in a longer file.
  for (let i = 0; size !== undefined && i < 3; i++) fill -= onePdf(fill, seed).length - size;
  const file = onePdf(fill, seed);
  // Where one comment character more means one digit more, a line end makes up for the difference.
  return size !== undefined && file.length < size ? Buffer.concat([file, ascii('\n')]) : file;
}

function onePdf(fill: number, seed: number): Buffer {
  let text = '%PDF-1.4\n';
  text += `%${String.fromCharCode(97 + (seed % 26)).repeat(fill)}\n`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
  ];
  let table = '0000000000 65535 f \n';
  objects.forEach((object, index) => {
    table += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj${object}endobj\n`;
  });
  const place = text.length;
  return ascii(`${text}xref\n0 4\n${table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${place}\n%%EOF\n`);
}

function onePng(row: number, spareBlocks: number, seed: number): Buffer {
  const data = Buffer.alloc(row, seed % 256);
  data[0] = 0; // the row's filter
  const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at < row; at += BLOCK) parts.push(...storedBlock(data.subarray(at, at + BLOCK), false));
  for (let i = 0; i < spareBlocks; i++) parts.push(...storedBlock(Buffer.alloc(0), false));
  const last = parts[parts.length - 2] as Buffer;
  last[0] = 1;
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(data));
  const zlib = Buffer.concat([...parts, sum]);
  return Buffer.concat([PNG_SIGNATURE, pngHeader(row - 1, 1), pngChunk('IDAT', zlib), pngChunk('IEND')]);
}

function storedBlock(data: Buffer, isLast: boolean): [Buffer, Buffer] {
  const head = Buffer.from([isLast ? 1 : 0, 0, 0, 0, 0]);
  head.writeUInt16LE(data.length, 1);
  head.writeUInt16LE(~data.length & 0xffff, 3);
  return [head, data];
}

function zlibSize(row: number, blocks: number): number {
  return 2 + 5 * blocks + row + 4;
}

function adler32(data: Buffer): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

function room(what: string, size: number | undefined, bare: number): number {
  const left = (size ?? bare) - bare;
  if (left < 0) throw new Error(`No ${what} is as small as ${size} bytes; ${bare} are needed.`);
  return left;
}

/** A GIF of one grey pixel; `extensions` go before the image. */
export function gifFile(extensions: readonly Buffer[] = []): Buffer {
  const screen = Buffer.from([1, 0, 1, 0, 0x80, 0, 0]);
  const colours = Buffer.from([0, 0, 0, 0x80, 0x80, 0x80]);
  const picture = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  return Buffer.concat([ascii('GIF89a'), screen, colours, ...extensions, picture, Buffer.from([0x3b])]);
}

/** A block of a GIF beside its pictures. */
export function gifExtension(label: number, ...blocks: readonly Buffer[]): Buffer {
  const data = blocks.flatMap((block) => [Buffer.from([block.length]), block]);
  return Buffer.concat([Buffer.from([0x21, label]), ...data, Buffer.from([0])]);
}

/** A lossless WebP of one pixel; with chunks before or after the picture, in the extended form. */
export function webpFile(after: readonly Buffer[] = [], flags = 0): Buffer {
  const picture = webpChunk('VP8L', Buffer.from('2f00000000000788fe07', 'hex'));
  const extended = Buffer.alloc(10);
  extended[0] = flags;
  const chunks = after.length > 0 ? [webpChunk('VP8X', extended), picture, ...after] : [picture];
  const body = Buffer.concat([ascii('WEBP'), ...chunks]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([ascii('RIFF'), size, body]);
}

export function webpChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}
