const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;
/** Header, one directory of one entry, no next directory. */
const MINIMAL_TIFF_BYTES = 8 + 2 + ENTRY_BYTES + 4;

/**
 * The orientation told by EXIF data (a TIFF structure, EXIF 2.3 section 4.6.4), 2 to 8.
 *
 * @returns undefined when it tells none, tells the normal one (1), or cannot be read.
 */
export function exifOrientation(tiff: Buffer): number | undefined {
  const order = tiff.toString('latin1', 0, 4);
  const little = order === 'II*\0';
  if (!little && order !== 'MM\0*') return undefined;
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  if (tiff.length < MINIMAL_TIFF_BYTES) return undefined;
  const directory = long(4);
  if (directory + 2 > tiff.length) return undefined;
  const entries = short(directory);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * ENTRY_BYTES;
    if (at + ENTRY_BYTES > tiff.length) return undefined;
    if (short(at) !== ORIENTATION_TAG) continue;
    const value = short(at + 8);
    return short(at + 2) === SHORT && value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** EXIF data that tells the orientation and nothing else: never longer than what it replaces. */
export function orientationExif(orientation: number): Buffer {
  const tiff = Buffer.alloc(MINIMAL_TIFF_BYTES);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION_TAG, 10);
  tiff.writeUInt16BE(SHORT, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}
