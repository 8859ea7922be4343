import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** The status line and the headers. */
  readonly head: string;
  readonly body: string;
}

/** The head of a POST with one more header, for example the length or the transfer encoding of its body. */
export function requestHead(contentType: string, header: string): string {
  return `POST / HTTP/1.1\r\nHost: test\r\nContent-Type: ${contentType}\r\n${header}\r\n\r\n`;
}

/** A connection for requests that no HTTP client would send: what is written goes out as it is. */
export class RawClient {
  private received = '';

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.received += chunk.toString('latin1')));
    socket.on('error', () => undefined); // a reset by the server shows in the answer that is missing
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Writes and waits for room; returns false when the connection is gone. */
  async write(data: string | Buffer): Promise<boolean> {
    if (this.socket.destroyed || !this.socket.writable) return false;
    if (this.socket.write(data)) return true;
    await this.either('drain', 'close');
    return !this.socket.destroyed;
  }

  /** Waits for an answer that comes before the answer, `100 Continue`, and takes it away. */
  async interim(): Promise<void> {
    while (!/^HTTP\/1\.1 1\d\d [^]*?\r\n\r\n/.test(this.received)) await this.more();
    this.received = this.received.slice(this.received.indexOf('\r\n\r\n') + 4);
  }

  /** Waits for one whole answer with a Content-Length. */
  async answer(): Promise<RawAnswer> {
    for (;;) {
      const [head, body] = this.received.split('\r\n\r\n', 2) as [string, string | undefined];
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (body !== undefined && body.length >= length)
        return { status: Number(head.split(' ')[1]), head, body };
      await this.more();
    }
  }

  close(): void {
    this.socket.destroy();
  }

  private async more(): Promise<void> {
    if (this.socket.destroyed || this.socket.readableEnded) {
      throw new Error(`The connection ended without an answer: ${JSON.stringify(this.received)}`);
    }
    await this.either('data', 'close');
  }

  private async either(...events: string[]): Promise<void> {
    const stop = new AbortController();
    await Promise.race(events.map((event) => once(this.socket, event, { signal: stop.signal }))).catch(
      () => undefined,
    );
    stop.abort();
  }
}
