import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

interface SentFile {
  readonly file: { readonly mediaType: string; readonly size: number };
  readonly content: Readable;
}

/** Sends a stored file as a download: with its exact type, and never to be shown on this origin. */
export async function sendFile(
  response: Response,
  sent: SentFile & { readonly file: { readonly name: string } },
): Promise<void> {
  await send(response, sent, () => {
    response.attachment(sent.file.name);
    response.setHeader('Cache-Control', 'private, no-store');
  });
}

/** Sends a stored image to be shown: with its exact type, and in a sandbox where it stands alone. */
export async function showFile(response: Response, sent: SentFile): Promise<void> {
  await send(response, sent, () => {
    response.setHeader('Content-Disposition', 'inline');
    // Its content never changes once it is referred to, but it may be removed.
    response.setHeader('Cache-Control', 'private, max-age=300');
  });
}

async function send(response: Response, { file, content }: SentFile, describe: () => void): Promise<void> {
  try {
    // The client may have gone while the file was opened: a pipeline refuses to begin then, and leaves it open.
    if (response.destroyed) return;
    describe();
    response.setHeader('Content-Type', file.mediaType);
    response.setHeader('Content-Length', file.size);
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
