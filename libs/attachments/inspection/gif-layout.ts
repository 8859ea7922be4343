import type { ByteReader } from './byte-reader.js';
import { MOST_PARTS, type ImageLayout } from './image-layout.js';
import { PieceList } from './piece-list.js';

/** Signature and logical screen descriptor. */
const HEAD_BYTES = 13;
const IMAGE_HEAD_BYTES = 10;
const VERSIONS = new Set(['87a', '89a']);
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const APPLICATION = 0xff;

/** Applications whose data the picture is drawn with: how often an animation repeats, and the colour profile. */
const DRAWN_WITH = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);
const APPLICATION_NAME_BYTES = 11;

/**
 * Walks a GIF (GIF89a specification) from its screen descriptor to its trailer.
 *
 * Comments go, and the data of applications that the picture is not drawn with, XMP among them; so does what follows
 * the trailer.
 *
 * @returns undefined when the structure is broken.
 */
export async function gifLayout(reader: ByteReader): Promise<ImageLayout | undefined> {
  const head = await reader.view(0, HEAD_BYTES);
  if (!head || !VERSIONS.has(head.toString('latin1', 3, 6))) return undefined;
  const size = { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  if (size.width === 0 || size.height === 0) return undefined;
  const pieces = new PieceList();
  let start = HEAD_BYTES + colourTableBytes(head[10]!);
  pieces.keep(0, start);
  let hasImage = false;

  for (let parts = 0; parts < MOST_PARTS; parts++) {
    const mark = (await reader.view(start, 1))?.[0];
    if (mark === TRAILER) {
      pieces.keep(start, start + 1);
      return hasImage ? { ...size, withoutMetadata: pieces.done() } : undefined;
    }
    const end = await blockEnd(reader, start, mark);
    if (end === undefined) return undefined;
    hasImage ||= mark === IMAGE;
    if (mark === IMAGE || (await isDrawnWith(reader, start))) pieces.keep(start, end);
    start = end;
  }
  return undefined;
}

async function blockEnd(
  reader: ByteReader,
  start: number,
  mark: number | undefined,
): Promise<number | undefined> {
  if (mark === EXTENSION) return subBlocksEnd(reader, start + 2);
  if (mark !== IMAGE) return undefined;
  const head = await reader.view(start, IMAGE_HEAD_BYTES);
  // One byte before the data says how long its codes are.
  return head && subBlocksEnd(reader, start + IMAGE_HEAD_BYTES + colourTableBytes(head[9]!) + 1);
}

/** Data comes in blocks of up to 255 bytes, each with its length before it; an empty one ends it. */
async function subBlocksEnd(reader: ByteReader, start: number): Promise<number | undefined> {
  for (let at = start; ;) {
    const length = (await reader.view(at, 1))?.[0];
    if (length === undefined) return undefined;
    at += 1 + length;
    if (length === 0) return at;
  }
}

async function isDrawnWith(reader: ByteReader, start: number): Promise<boolean> {
  const label = (await reader.view(start, 2))?.[1];
  if (label !== APPLICATION) return label !== COMMENT;
  const block = await reader.view(start + 3, APPLICATION_NAME_BYTES);
  return DRAWN_WITH.has(block?.toString('latin1', 0, APPLICATION_NAME_BYTES) ?? '');
}

/** Three bytes a colour; the flags say whether there is a table, and the power of two that it has entries. */
function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0;
}
