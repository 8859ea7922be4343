import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

/**
 * The result of a call as the whole body: JSON in one piece with its length, `null` for none. Clients read a body only
 * when they are told its length, and take an empty one for broken JSON.
 */
export class JsonAnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<string> {
    const response = context.switchToHttp().getResponse<Response>();
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    return next.handle().pipe(map((result) => JSON.stringify(result ?? null)));
  }
}
