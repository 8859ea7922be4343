import { crc32 } from 'node:zlib';
import type { ByteReader } from './byte-reader.js';
import { exifOrientation, orientationExif } from './exif-orientation.js';
import { MOST_PARTS, type ImageLayout } from './image-layout.js';
import type { ImageDimensions } from './inspected-file.js';
import { PieceList } from './piece-list.js';

const SIGNATURE_BYTES = 8;
/** Length and type before the data, checksum after it. */
const HEAD_BYTES = 8;
const CHUNK_BYTES = 12;
const IHDR_BYTES = 13;
const LARGEST = 0x7fff_ffff;
/** The directory with the orientation comes first; previews and the like follow. */
const EXIF_READ_BYTES = 64 * 1024;

/** Ancillary chunks that the picture, or its animation, is drawn with. */
const DRAWN_WITH = new Set(
  'tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
);

/**
 * Walks a PNG from IHDR to IEND (PNG specification, third edition, section 5).
 *
 * The critical chunks stay, and those ancillary ones that the picture is drawn with. Everything else goes: text
 * (tEXt, zTXt, iTXt, which holds XMP too), eXIf, tIME, private chunks, and what follows IEND. EXIF that turns the
 * image is replaced by EXIF that says only this.
 *
 * @returns undefined when the structure is broken. Checksums are left to those who decode the image.
 */
export async function pngLayout(reader: ByteReader): Promise<ImageLayout | undefined> {
  const pieces = new PieceList();
  let size: ImageDimensions | undefined;
  let hasData = false;
  pieces.keep(0, SIGNATURE_BYTES);
  let start = SIGNATURE_BYTES;

  for (let parts = 0; parts < MOST_PARTS; parts++) {
    const head = await reader.view(start, HEAD_BYTES);
    if (!head) return undefined;
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, HEAD_BYTES);
    const end = start + CHUNK_BYTES + length;
    if (!/^[A-Za-z]{4}$/.test(type) || end > reader.size) return undefined;

    const isFirst = size === undefined;
    if (isFirst !== (type === 'IHDR')) return undefined;
    size ??= await headerDimensions(reader, start, length);
    if (!size) return undefined;

    if (type === 'eXIf') {
      const orientation = await orientationOf(reader, start, length);
      if (orientation !== undefined) pieces.insert(exifChunk(orientation));
    }
    if (isCritical(type) || DRAWN_WITH.has(type)) pieces.keep(start, end);
    if (type === 'IDAT') hasData = true;
    if (type === 'IEND') return hasData ? { ...size, withoutMetadata: pieces.done() } : undefined;
    start = end;
  }
  return undefined;
}

async function headerDimensions(
  reader: ByteReader,
  start: number,
  length: number,
): Promise<ImageDimensions | undefined> {
  if (length !== IHDR_BYTES) return undefined;
  const chunk = await reader.view(start, HEAD_BYTES + IHDR_BYTES);
  if (!chunk) return undefined;
  const width = chunk.readUInt32BE(HEAD_BYTES);
  const height = chunk.readUInt32BE(HEAD_BYTES + 4);
  const isValid = width > 0 && height > 0 && width <= LARGEST && height <= LARGEST;
  return isValid ? { width, height } : undefined;
}

/** An upper-case first letter means that a decoder must know the chunk. */
function isCritical(type: string): boolean {
  return type.charAt(0) <= 'Z';
}

async function orientationOf(reader: ByteReader, start: number, length: number): Promise<number | undefined> {
  const bytes = Math.min(length, EXIF_READ_BYTES);
  const chunk = await reader.view(start, HEAD_BYTES + bytes);
  return chunk && exifOrientation(chunk.subarray(HEAD_BYTES, HEAD_BYTES + bytes));
}

function exifChunk(orientation: number): Buffer {
  const data = orientationExif(orientation);
  const chunk = Buffer.alloc(CHUNK_BYTES + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write('eXIf', 4, 'latin1');
  data.copy(chunk, HEAD_BYTES);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, HEAD_BYTES + data.length)), HEAD_BYTES + data.length);
  return chunk;
}
