import type { ByteReader } from './byte-reader.js';

/** Marker codes of ITU-T T.81, table B.1, without their leading FF. */
export const JPEG = {
  TEM: 0x01,
  SOF0: 0xc0,
  DHT: 0xc4,
  JPG: 0xc8,
  DAC: 0xcc,
  SOF15: 0xcf,
  RST0: 0xd0,
  RST7: 0xd7,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  APP0: 0xe0,
  APP1: 0xe1,
  APP2: 0xe2,
  APP14: 0xee,
  APP15: 0xef,
  COM: 0xfe,
} as const;

export interface JpegSegment {
  readonly marker: number;
  /** Where it starts, fill bytes before the marker included. */
  readonly start: number;
  /** Where it ends (exclusive); that of a scan (SOS) is the end of its compressed data. */
  readonly end: number;
  /** What follows the length field; empty for a scan. Valid until the next segment is asked for. */
  readonly body: Buffer;
}

const EMPTY = Buffer.alloc(0);

/**
 * Walks a JPEG from after its SOI marker to EOI. It stops early where the structure is broken, so the walk is
 * whole only when the last segment is EOI, or a scan that reaches the end of the file.
 */
export async function* jpegSegments(reader: ByteReader): AsyncGenerator<JpegSegment> {
  for (let start = 2; ;) {
    const next = await markerAt(reader, start);
    if (!next) return;
    const { marker } = next;
    if (isBare(marker)) {
      yield { marker, start, end: next.end, body: EMPTY };
      if (marker === JPEG.EOI) return;
      start = next.end;
      continue;
    }
    const length = (await reader.view(next.end, 2))?.readUInt16BE();
    if (length === undefined || length < 2) return;
    const segment = await reader.view(next.end, length);
    if (!segment) return;
    const bodyEnd = next.end + length;
    const isScan = marker === JPEG.SOS;
    const end = isScan ? await endOfScan(reader, bodyEnd) : bodyEnd;
    yield { marker, start, end, body: isScan ? EMPTY : segment.subarray(2, length) };
    start = end;
  }
}

/** Markers without a length. A second SOI is not among them: an image in an image is no image. */
function isBare(marker: number): boolean {
  const isRestart = marker >= JPEG.RST0 && marker <= JPEG.RST7;
  return isRestart || marker === JPEG.EOI || marker === JPEG.TEM;
}

/** Reads the marker at `start`, where any number of fill bytes FF may precede its code (T.81, B.1.1.2). */
async function markerAt(
  reader: ByteReader,
  start: number,
): Promise<{ marker: number; end: number } | undefined> {
  let at = start;
  for (let view = await reader.view(at, 1); view; view = await reader.view(at, 1)) {
    const code = view.findIndex((byte) => byte !== 0xff);
    if (code === -1) {
      at += view.length;
      continue;
    }
    const marker = view[code];
    const end = at + code + 1;
    if (marker === undefined || marker === 0 || marker === JPEG.SOI || end - start < 2) return undefined;
    return { marker, end };
  }
  return undefined;
}

/** Finds the first marker that ends compressed data: not a stuffed FF 00, nor a restart within the scan. */
async function endOfScan(reader: ByteReader, start: number): Promise<number> {
  let at = start;
  for (let view = await reader.view(at, 2); view; view = await reader.view(at, 2)) {
    let i = 0;
    for (;;) {
      i = view.indexOf(0xff, i);
      const code = i === -1 ? undefined : view[i + 1];
      if (code === undefined) break;
      const goesOn = code === 0 || code === 0xff || (code >= JPEG.RST0 && code <= JPEG.RST7);
      if (!goesOn) return at + i;
      i += code === 0xff ? 1 : 2;
    }
    at += i === -1 ? view.length : i; // an FF at the end of the view is looked at again with its code
  }
  return reader.size;
}
