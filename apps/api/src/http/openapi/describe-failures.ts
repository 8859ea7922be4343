import { applyDecorators, type Type } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

/** What a dialect answers when it fails: a class, or a body of a media type of its own. */
type Shape = { readonly type: Type } | { readonly content: Record<string, { schema: { $ref: string } }> };

/** Documents the ways in which a route fails. @param texts what each status means in the dialect */
export function describeFailures<Status extends number>(
  shape: Shape,
  texts: Readonly<Record<Status, string>>,
  statuses: readonly NoInfer<Status>[],
): MethodDecorator {
  return applyDecorators(
    ...[...new Set(statuses)].map((status) => ApiResponse({ status, description: texts[status], ...shape })),
  );
}
