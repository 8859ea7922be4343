import type { Response } from 'express';
import type { Once } from '#libs/platform/idempotency/idempotency.js';

/** Unwraps what was made, and tells the client when it was made by an earlier request. */
export function unwrap<T>(response: Response, { result, replayed }: Once<T>): T {
  if (replayed) response.setHeader('Idempotent-Replayed', 'true');
  return result;
}
