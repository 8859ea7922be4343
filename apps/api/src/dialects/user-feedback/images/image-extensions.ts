import type { MediaType } from '#libs/attachments/inspection/media-type.js';

/** What the name of an image ends with, and the type that its content must have then. */
export const IMAGE_EXTENSIONS = {
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
} as const satisfies Record<string, MediaType>;

export type ImageExtension = keyof typeof IMAGE_EXTENSIONS;

export const IMAGE_TYPES = [...new Set(Object.values(IMAGE_EXTENSIONS))];
