import type { ByteReader } from './byte-reader.js';
import { exifOrientation, orientationExif } from './exif-orientation.js';
import { MOST_PARTS, type ImageLayout } from './image-layout.js';
import type { ImageDimensions } from './inspected-file.js';
import { PieceList } from './piece-list.js';

/** `RIFF`, the length of what follows, `WEBP`. */
const RIFF_BYTES = 12;
/** Name and length before the data. */
const HEAD_BYTES = 8;
const EXTENDED_BYTES = 10;
const EXIF_READ_BYTES = 64 * 1024;
const EXIF_PREFIX = Buffer.from('Exif\0\0');
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

/** Chunks that the picture, or its animation, is drawn with. */
const DRAWN_WITH = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

interface Chunk {
  readonly type: string;
  readonly start: number;
  /** After the byte that pads it to an even length. */
  readonly end: number;
}

/**
 * Walks a WebP (RFC 9649) by its chunks.
 *
 * Those stay that the picture is drawn with. EXIF, XMP and unknown chunks go, and what follows the container; EXIF
 * that turns the image is replaced by EXIF that says only this.
 *
 * @returns undefined when the structure is broken.
 */
export async function webpLayout(reader: ByteReader): Promise<ImageLayout | undefined> {
  const chunks = await readChunks(reader);
  const size = chunks && (await dimensions(reader, chunks[0]!));
  if (!size) return undefined;
  const exif = chunks.find(({ type }) => type === 'EXIF');
  const orientation = exif && (await orientationOf(reader, exif));
  const turn = orientation === undefined ? Buffer.alloc(0) : exifChunk(orientation);
  const kept = chunks.filter(({ type }) => DRAWN_WITH.has(type));
  if (!kept.some(({ type }) => ['VP8 ', 'VP8L', 'ANMF'].includes(type))) return undefined;

  const pieces = new PieceList();
  const bytes = kept.reduce((sum, { start, end }) => sum + end - start, turn.length);
  pieces.insert(riffHead(bytes));
  for (const { type, start, end } of kept) {
    if (type === 'VP8X') pieces.insert(await extendedChunk(reader, start, turn.length > 0));
    else pieces.keep(start, end);
  }
  pieces.insert(turn);
  return { ...size, withoutMetadata: pieces.done() };
}

async function readChunks(reader: ByteReader): Promise<Chunk[] | undefined> {
  const head = await reader.view(0, RIFF_BYTES);
  const whole = head && HEAD_BYTES + head.readUInt32LE(4);
  if (whole === undefined || whole > reader.size) return undefined;
  const chunks: Chunk[] = [];
  for (let start = RIFF_BYTES; start < whole;) {
    const view = await reader.view(start, HEAD_BYTES);
    if (!view || chunks.length === MOST_PARTS) return undefined;
    const length = view.readUInt32LE(4);
    const end = start + HEAD_BYTES + length + (length % 2);
    if (end > whole) return undefined;
    chunks.push({ type: view.toString('latin1', 0, 4), start, end });
    start = end;
  }
  return chunks.length > 0 ? chunks : undefined;
}

/** The first chunk tells the size, each kind in its own way. */
async function dimensions(reader: ByteReader, { type, start }: Chunk): Promise<ImageDimensions | undefined> {
  const view = await reader.view(start, HEAD_BYTES + (type === 'VP8L' ? 5 : EXTENDED_BYTES));
  const data = view?.subarray(HEAD_BYTES);
  if (!data) return undefined;
  if (type === 'VP8X') return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
  if (type === 'VP8L' && data[0] === 0x2f) {
    const bits = data.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (type !== 'VP8 ' || data.readUIntBE(3, 3) !== 0x9d012a) return undefined;
  const size = { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  return size.width > 0 && size.height > 0 ? size : undefined;
}

async function orientationOf(reader: ByteReader, { start, end }: Chunk): Promise<number | undefined> {
  const bytes = Math.min(end - start - HEAD_BYTES, EXIF_READ_BYTES);
  const data = (await reader.view(start + HEAD_BYTES, bytes))?.subarray(0, bytes);
  // Some writers put the prefix that JPEG needs here, too.
  const isPrefixed = data?.subarray(0, EXIF_PREFIX.length).equals(EXIF_PREFIX);
  return data && exifOrientation(isPrefixed ? data.subarray(EXIF_PREFIX.length) : data);
}

function riffHead(chunkBytes: number): Buffer {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(chunkBytes + 4, 4);
  return head;
}

/** The chunk that says which others there are. */
async function extendedChunk(reader: ByteReader, start: number, hasExif: boolean): Promise<Buffer> {
  const view = await reader.view(start, HEAD_BYTES + EXTENDED_BYTES);
  const chunk = Buffer.from(view!.subarray(0, HEAD_BYTES + EXTENDED_BYTES));
  chunk.writeUInt32LE(EXTENDED_BYTES, 4);
  chunk[HEAD_BYTES] = (chunk[HEAD_BYTES]! & ~(HAS_EXIF | HAS_XMP)) | (hasExif ? HAS_EXIF : 0);
  return chunk;
}

function exifChunk(orientation: number): Buffer {
  const data = orientationExif(orientation);
  const chunk = Buffer.alloc(HEAD_BYTES + data.length + (data.length % 2));
  chunk.write('EXIF', 0, 'latin1');
  chunk.writeUInt32LE(data.length, 4);
  data.copy(chunk, HEAD_BYTES);
  return chunk;
}
