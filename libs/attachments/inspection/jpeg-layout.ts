import type { ByteReader } from './byte-reader.js';
import { exifOrientation, orientationExif } from './exif-orientation.js';
import { MOST_PARTS, type ImageLayout } from './image-layout.js';
import type { ImageDimensions } from './inspected-file.js';
import { JPEG, jpegSegments, type JpegSegment } from './jpeg-segments.js';
import { PieceList } from './piece-list.js';

const EXIF = Buffer.from('Exif\0\0');
const ICC_PROFILE = Buffer.from('ICC_PROFILE\0');
const JFIF = Buffer.from('JFIF\0');

/**
 * Walks a JPEG from its first to its last marker, through all scans, and reads its size from the frame header.
 *
 * Of the application segments only those stay that the picture is drawn with: JFIF, the ICC profile, Adobe's
 * colour transform. EXIF, XMP and IPTC are in APP1 and APP13, but makers put places and serial numbers into
 * others too. EXIF that turns the image is replaced by EXIF that says only this. What follows the end of the
 * image (a second picture, a film, an archive) goes as well; that is why scans are walked and not skipped.
 *
 * A file that ends inside a scan is drawn by every decoder, so it is accepted.
 *
 * @returns undefined when the structure is broken.
 */
export async function jpegLayout(reader: ByteReader): Promise<ImageLayout | undefined> {
  const pieces = new PieceList();
  let frame: ImageDimensions | undefined;
  let hasExif = false;
  let isScanned = false;
  let parts = 0;
  pieces.keep(0, 2);

  for await (const segment of jpegSegments(reader)) {
    if (++parts > MOST_PARTS) return undefined;
    const { marker, start, end } = segment;
    if (isFrameHeader(marker)) {
      if (frame) return undefined; // hierarchical: several sizes in one file
      frame = frameDimensions(segment.body);
      if (!frame) return undefined;
    }
    if (isExif(segment) && !hasExif) {
      hasExif = true; // decoders look at the first one only
      const orientation = exifOrientation(segment.body.subarray(EXIF.length));
      if (orientation !== undefined) pieces.insert(exifSegment(orientation));
    }
    if (isDrawnWith(segment)) pieces.keep(start, end);
    if (marker === JPEG.SOS) {
      if (!frame) return undefined;
      isScanned = true;
    }
    const isLast = marker === JPEG.EOI || (marker === JPEG.SOS && end === reader.size);
    if (isLast) return frame && isScanned ? { ...frame, withoutMetadata: pieces.done() } : undefined;
  }
  return undefined;
}

/** SOF0 to SOF15, the three codes among them that mean something else left out. */
function isFrameHeader(marker: number): boolean {
  if (marker === JPEG.DHT || marker === JPEG.JPG || marker === JPEG.DAC) return false;
  return marker >= JPEG.SOF0 && marker <= JPEG.SOF15;
}

/** Precision (1 byte), height (2), width (2): T.81, B.2.2. A height of 0 would come after the first scan. */
function frameDimensions(body: Buffer): ImageDimensions | undefined {
  if (body.length < 6) return undefined;
  const height = body.readUInt16BE(1);
  const width = body.readUInt16BE(3);
  return height > 0 && width > 0 ? { width, height } : undefined;
}

function isDrawnWith({ marker, body }: JpegSegment): boolean {
  switch (marker) {
    case JPEG.APP0:
      return startsWith(body, JFIF);
    case JPEG.APP2:
      return startsWith(body, ICC_PROFILE);
    case JPEG.APP14:
      return true;
    case JPEG.COM:
      return false;
    default:
      return marker < JPEG.APP0 || marker > JPEG.APP15;
  }
}

function isExif({ marker, body }: JpegSegment): boolean {
  return marker === JPEG.APP1 && startsWith(body, EXIF);
}

function exifSegment(orientation: number): Buffer {
  const body = Buffer.concat([EXIF, orientationExif(orientation)]);
  const head = Buffer.from([0xff, JPEG.APP1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function startsWith(body: Buffer, mark: Buffer): boolean {
  return body.subarray(0, mark.length).equals(mark);
}
