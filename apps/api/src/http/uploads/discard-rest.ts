import type { IncomingMessage } from 'node:http';

/**
 * Reads and drops the rest of a request that has been refused, so that the answer reaches a client that is still
 * sending: closing the connection at once would reset it, and the client would see that instead of the answer.
 * One that goes on for too long, in bytes or in milliseconds, is cut off.
 */
export function discardRest(request: IncomingMessage, maxBytes: number, maxMs: number): void {
  if (request.readableEnded || request.destroyed) return;
  let left = maxBytes;
  const cut = () => request.destroy();
  const timer = setTimeout(cut, maxMs).unref();
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) cut();
  });
  request.on('error', () => undefined);
  request.once('close', () => clearTimeout(timer));
  request.resume();
}
