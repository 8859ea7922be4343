import type { Response } from 'express';

/**
 * The result of a call as the whole body: JSON in one piece with its length, `null` for none. Clients read a body only
 * when they are told its length, and take an empty one for broken JSON.
 */
export function sendResult(response: Response, result: unknown): void {
  const body = JSON.stringify(result ?? null);
  response.statusCode = 200;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}
