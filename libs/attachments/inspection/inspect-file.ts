import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { SpooledFile } from '../spooled-file.js';
import type { AttachmentRules } from './attachment-rules.js';
import { ByteReader } from './byte-reader.js';
import { contentOf } from './content-of.js';
import { sanitizeFileName } from './file-name.js';
import { gifLayout } from './gif-layout.js';
import type { ImageLayout } from './image-layout.js';
import type { ContentPiece, InspectedFile, RefusalReason, RefusedFile } from './inspected-file.js';
import { jpegLayout } from './jpeg-layout.js';
import {
  declaredMediaType,
  hasExtensionOf,
  MAGIC_BYTES,
  MEDIA_TYPES,
  sniffMediaType,
  type MediaType,
} from './media-type.js';
import { pngLayout } from './png-layout.js';
import { webpLayout } from './webp-layout.js';

const LAYOUT_OF = {
  'image/jpeg': jpegLayout,
  'image/png': pngLayout,
  'image/gif': gifLayout,
  'image/webp': webpLayout,
  'application/pdf': undefined,
} as const satisfies Record<
  MediaType,
  ((reader: ByteReader) => Promise<ImageLayout | undefined>) | undefined
>;

/**
 * Decides whether a spooled file may be stored, and which of its bytes. The first rule that it breaks is the
 * reason. The type is what the content says; the declared type and the extension must agree with it.
 *
 * @throws whatever the file system fails with; everything that is wrong with the file itself is returned.
 */
export async function inspectFile(
  file: SpooledFile,
  rules: AttachmentRules,
): Promise<InspectedFile | RefusedFile> {
  const declared = declaredMediaType(file.declaredType);
  const name = sanitizeFileName(file.originalName, declared ? MEDIA_TYPES[declared].extensions[0] : '');
  const refused = (reason: RefusalReason): RefusedFile => ({ accepted: false, name, reason });

  if (file.size === 0) return refused('empty');
  if (file.size > rules.maxBytes) return refused('too_large');
  if (!declared || !rules.types.includes(declared)) return refused('type_not_allowed');

  const handle = await open(file.path, 'r');
  try {
    const reader = new ByteReader(handle, file.size);
    const start = (await reader.view(0, Math.min(MAGIC_BYTES, file.size))) ?? Buffer.alloc(0);
    if (sniffMediaType(start.subarray(0, MAGIC_BYTES)) !== declared) return refused('type_mismatch');
    if (!hasExtensionOf(declared, name)) return refused('type_mismatch');

    const findLayout = LAYOUT_OF[declared];
    const layout = await findLayout?.(reader);
    if (findLayout && !layout) return refused('damaged_image');
    if (layout && layout.width * layout.height > rules.maxPixels) return refused('too_many_pixels');

    const whole: ContentPiece[] = [{ start: 0, end: file.size }];
    const pieces = layout && rules.stripMetadata ? layout.withoutMetadata : whole;
    const digest = await digestOf(file.path, pieces);
    return {
      accepted: true,
      path: file.path,
      name,
      mediaType: declared,
      ...digest,
      ...(layout ? { dimensions: { width: layout.width, height: layout.height } } : {}),
      pieces,
    };
  } finally {
    await handle.close();
  }
}

async function digestOf(
  path: string,
  pieces: readonly ContentPiece[],
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of contentOf({ path, pieces }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex') };
}
