interface MediaTypeFacts {
  /** What a file of the type starts with, at offset 0; a dot is any byte. */
  readonly magic: RegExp;
  /** Extensions that agree with it, in lower case; the first one is given to files that have no name. */
  readonly extensions: readonly [string, ...string[]];
  /** Other names under which the type is declared. */
  readonly aliases: readonly string[];
}

/** The types that can be told by their content; which of them are allowed is a rule of the caller. */
export const MEDIA_TYPES = {
  'image/jpeg': {
    magic: /^\xff\xd8\xff/,
    extensions: ['.jpg', '.jpeg'],
    aliases: ['image/jpg'],
  },
  'image/png': {
    magic: /^\x89PNG\r\n\x1a\n/,
    extensions: ['.png'],
    aliases: [],
  },
  'image/gif': { magic: /^GIF8[79]a/, extensions: ['.gif'], aliases: [] },
  'image/webp': { magic: /^RIFF....WEBP/s, extensions: ['.webp'], aliases: [] },
  'application/pdf': { magic: /^%PDF-/, extensions: ['.pdf'], aliases: [] },
} as const satisfies Record<string, MediaTypeFacts>;

export type MediaType = keyof typeof MEDIA_TYPES;

export const MAGIC_BYTES = 12;

const ALL = Object.entries(MEDIA_TYPES) as [MediaType, MediaTypeFacts][];

/**
 * The type that the first bytes of a file tell. Offset 0 only: readers that search for the mark further in are
 * what makes files of two types possible.
 */
export function sniffMediaType(start: Buffer): MediaType | undefined {
  const text = start.toString('latin1');
  return ALL.find(([, { magic }]) => magic.test(text))?.[0];
}

/** The type meant by a `Content-Type`: parameters and case do not matter, `image/jpg` is a common slip. */
export function declaredMediaType(contentType: string): MediaType | undefined {
  const essence = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return ALL.find(([type, { aliases }]) => type === essence || aliases.includes(essence))?.[0];
}

/** Says whether a file name, in any case, ends as files of the type do. */
export function hasExtensionOf(type: MediaType, fileName: string): boolean {
  const { extensions }: MediaTypeFacts = MEDIA_TYPES[type];
  return extensions.some((extension) => fileName.toLowerCase().endsWith(extension));
}
