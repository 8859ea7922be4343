import type { Request } from 'express';
import { exchangeOf } from '#apps/api/src/http/exchange.js';
import type { Success } from './dto/envelope.dto.js';

/** The envelope that clients of this API expect around a good answer. */
export function success<Data>(request: Request, data: Data): Success & { data: Data } {
  return { isSuccess: true, data, errors: null, requestId: exchangeOf(request).requestId };
}
