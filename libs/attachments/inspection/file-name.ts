const MAX_BYTES = 255;
/** A longer "extension" is rather a name with a dot in it. */
const MAX_EXTENSION_BYTES = 32;

/** Controls, and what makes text run backwards or invisible: `photo\u202Egpj.exe` reads as `photoexe.jpg`. */
const UNSEEN = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
/** Device names of Windows, which it knows with any extension, too. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\.|$)/i;

/**
 * A name that is safe to show and to save under: no directories, nothing unseen, no leading dot, no device name,
 * NFC, at most 255 bytes of UTF-8 with its extension kept. It names a file and never finds one: storage keys do.
 *
 * @param extension given to a file that was sent without a name, with its dot.
 */
export function sanitizeFileName(raw: string, extension: string): string {
  const base = raw.slice(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1);
  const seen = base
    .toWellFormed()
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(/[. ]+$/, '');
  const name = splitName(seen);
  const stem = name.stem.replace(/^[. ]+/, '');
  if (stem === '') return `file${name.extension || extension}`;
  const mark = RESERVED.test(stem + name.extension) ? '_' : '';
  const room = MAX_BYTES - Buffer.byteLength(name.extension) - mark.length;
  return mark + firstBytes(stem, room).replace(name.extension ? '' : /[. ]+$/, '') + name.extension;
}

function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot === -1 ? '' : name.slice(dot);
  if (Buffer.byteLength(extension) > MAX_EXTENSION_BYTES) return { stem: name, extension: '' };
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** As many whole code points as fit. */
function firstBytes(text: string, room: number): string {
  if (Buffer.byteLength(text) <= room) return text;
  const bytes = Buffer.from(text);
  let end = room;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
