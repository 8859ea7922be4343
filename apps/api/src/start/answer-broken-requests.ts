import { STATUS_CODES } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import type { Logger } from '#libs/platform/logging/logger.js';

const STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What Node keeps on a socket: the answer that is being written. */
interface BusySocket extends Socket {
  readonly _httpMessage?: { readonly headersSent: boolean } | null;
}

/** Answers what is no HTTP, which never gets to be a request: as a problem with an id, like any other failure. */
export function answerBrokenRequests(server: Server, logger: Logger): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: BusySocket) => {
    if (!socket.writable || error.code === 'ECONNRESET' || socket._httpMessage?.headersSent) {
      socket.destroy();
      return;
    }
    const status = STATUS[error.code ?? ''] ?? 400;
    const requestId = uuidv7();
    logger.info('broken request', { requestId, status, code: error.code });
    socket.end(render(status, requestId), () => socket.destroy());
  });
  // An expectation that nobody knows may be ignored (RFC 9110, 10.1.1); Node would answer a bare 417.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

function render(status: number, requestId: string): string {
  const title = STATUS_CODES[status]!;
  const detail = 'The request is not well-formed HTTP, too large or too slow.';
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, code: 'invalid', requestId });
  const headers = [
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
  ];
  return `HTTP/1.1 ${status} ${title}\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}
