import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { map, type Observable } from 'rxjs';
import { exchangeOf } from '#apps/api/src/http/exchange.js';

/** Puts every successful answer into the envelope that clients of this API expect. */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { requestId } = exchangeOf(context.switchToHttp().getRequest<Request>());
    return next.handle().pipe(map((data: unknown) => ({ isSuccess: true, data, errors: null, requestId })));
  }
}
