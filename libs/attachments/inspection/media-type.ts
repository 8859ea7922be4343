interface MediaTypeFacts {
  /** What a file of the type has at these offsets; the first one is 0. */
  readonly magic: readonly (readonly [offset: number, bytes: Buffer])[];
  /** Extensions that agree with it, in lower case; the first one is given to files that have no name. */
  readonly extensions: readonly [string, ...string[]];
  /** Other names under which the type is declared. */
  readonly aliases: readonly string[];
}

/** The types that can be told by their content; which of them are allowed is a rule of the caller. */
export const MEDIA_TYPES = {
  'image/jpeg': {
    magic: [[0, Buffer.from([0xff, 0xd8, 0xff])]],
    extensions: ['.jpg', '.jpeg'],
    aliases: ['image/jpg'],
  },
  'image/png': {
    magic: [[0, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])]],
    extensions: ['.png'],
    aliases: [],
  },
  'image/gif': {
    magic: [
      [0, Buffer.from('GIF8')],
      [5, Buffer.from('a')],
    ],
    extensions: ['.gif'],
    aliases: [],
  },
  'image/webp': {
    magic: [
      [0, Buffer.from('RIFF')],
      [8, Buffer.from('WEBP')],
    ],
    extensions: ['.webp'],
    aliases: [],
  },
  'application/pdf': { magic: [[0, Buffer.from('%PDF-')]], extensions: ['.pdf'], aliases: [] },
} as const satisfies Record<string, MediaTypeFacts>;

export type MediaType = keyof typeof MEDIA_TYPES;

export const MAGIC_BYTES = 12;

const ALL = Object.entries(MEDIA_TYPES) as [MediaType, MediaTypeFacts][];

/**
 * The type that the first bytes of a file tell. From offset 0 only: readers that search for the mark further in are
 * what makes files of two types possible.
 */
export function sniffMediaType(start: Buffer): MediaType | undefined {
  const has = ([offset, bytes]: readonly [number, Buffer]) =>
    start.subarray(offset, offset + bytes.length).equals(bytes);
  return ALL.find(([, { magic }]) => magic.every(has))?.[0];
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
