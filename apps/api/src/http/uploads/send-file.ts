import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

interface SentFile {
  readonly file: { readonly name: string; readonly mediaType: string; readonly size: number };
  readonly content: Readable;
}

/** Sends a stored file as a download: with its exact type, and never to be shown on this origin. */
export async function sendFile(response: Response, { file, content }: SentFile): Promise<void> {
  try {
    // The client may have gone while the file was opened: a pipeline refuses to begin then, and leaves it open.
    if (response.destroyed) return;
    response.attachment(file.name);
    response.setHeader('Content-Type', file.mediaType);
    response.setHeader('Content-Length', file.size);
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    await pipeline(content, response);
  } catch (error) {
    // The client went away, or the storage broke off after the headers had left: only the connection can say so.
    if (!response.headersSent) throw error;
    response.destroy();
  } finally {
    content.destroy();
  }
}
