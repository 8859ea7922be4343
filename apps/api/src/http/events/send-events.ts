import type { Request, Response } from 'express';

/** Something that a stream of server-sent events tells; undefined only shows that the connection lives. */
export interface ServerEvent {
  readonly event: string;
  readonly data: unknown;
}

/** A signal for the moment at which the client is gone. */
export function untilGone(request: Request, response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (request.destroyed) gone.abort();
  return gone.signal;
}

/** Answers with server-sent events (the HTML standard, 9.2) until `events` ends or the client is gone. */
export async function sendEvents(
  response: Response,
  events: AsyncIterable<ServerEvent | undefined>,
): Promise<void> {
  response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  response.setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();
  for await (const event of events) {
    if (response.destroyed) return;
    response.write(
      event ? `event: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n` : ': still here\n\n',
    );
  }
  response.end();
}
