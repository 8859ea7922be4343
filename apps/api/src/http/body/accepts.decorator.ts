import { SetMetadata } from '@nestjs/common';

export const ACCEPTS = 'chorus:accepts';

/** How a route's body is read: JSON unless it says otherwise; `stream` leaves it to the handler. */
export type BodyKind = 'json' | 'form' | 'stream';

export function Accepts(kind: BodyKind): MethodDecorator {
  return SetMetadata(ACCEPTS, kind);
}
