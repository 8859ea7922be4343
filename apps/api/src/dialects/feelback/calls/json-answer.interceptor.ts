import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

/** What `sendResult` sends, where the router has found the call and the framework sends the answer. */
export class JsonAnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<string> {
    const response = context.switchToHttp().getResponse<Response>();
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    return next.handle().pipe(map((result) => JSON.stringify(result ?? null)));
  }
}
