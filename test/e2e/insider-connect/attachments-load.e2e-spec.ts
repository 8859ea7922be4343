import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createFeedback, envelope, type Envelope, tokenOf } from '#test/support/insider-connect.js';
import { RawClient } from '#test/support/raw-http.js';
import { fileTraces } from '#test/support/stored-files.js';
import { testApp } from '#test/support/test-app.js';
import { END, FILE, FORM_TYPE } from '#test/support/upload-server.js';

const UPLOADS = 50;
const BYTES = 4_194_304;
const PIECE = Buffer.alloc(64 * 1024, 'x');

describe('attachments under load', () => {
  const app = testApp();

  it('50 uploads of 4 MB at once are taken, and next to nothing of them is held in memory', async () => {
    const token = await tokenOf(app, await app.seed.client());
    const ids = await Promise.all(
      Array.from(
        { length: UPLOADS },
        async () => (await envelope<number>(await createFeedback(app, token))).data,
      ),
    );
    const memory = new Memory();
    const result = await Promise.all(ids.map((id) => upload(token, id, memory)));
    for (const answer of result)
      expect(answer).toMatchObject({ status: 200, body: { isSuccess: true, errors: null } });
    expect(new Set(result.map(({ body }) => body.data)).size).toBe(UPLOADS);
    expect(await fileTraces(app)).toEqual({
      spooled: 0,
      stored: UPLOADS,
      fileRows: UPLOADS,
      attachmentRows: UPLOADS,
      events: UPLOADS,
    });
    expect(memory.most).toBeGreaterThan(0);
    // 200 MB pass through; sockets, parsers and hashes hold a few pieces for each client.
    expect(memory.most).toBeLessThan(100 * 1024 * 1024);
  });

  /** Sends a PDF of 4 MB in pieces, so that the client holds none of it, either. */
  async function upload(token: string, id: number, memory: Memory) {
    const client = await RawClient.open(Number(new URL(app.url).port));
    const length = FILE.length + BYTES + END.length;
    await client.write(
      `POST /api/client/feedbacks/${id}/attachments HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: ${FORM_TYPE}\r\nContent-Length: ${length}\r\n\r\n${FILE}%PDF-`,
    );
    await client.write(PIECE.subarray(5));
    for (let sent = PIECE.length; sent < BYTES; sent += PIECE.length) {
      await client.write(PIECE);
      memory.passed(PIECE.length);
    }
    await client.write(END);
    const { status, body } = await client.answer();
    client.close();
    return { status, body: JSON.parse(body) as Envelope<number> };
  }
});

/** Looks at what is held each time that so many bytes have passed: to collect a heap of this size is work. */
class Memory {
  /** Bytes beyond those at the start. */
  most = 0;
  private readonly collect: () => void;
  private readonly before: number;
  private unseen = 0;

  constructor() {
    setFlagsFromString('--expose-gc');
    this.collect = runInNewContext('gc') as () => void;
    this.live();
    this.before = this.live();
  }

  passed(bytes: number): void {
    this.unseen += bytes;
    if (this.unseen < 25_000_000) return;
    this.unseen = 0;
    this.most = Math.max(this.most, this.live() - this.before);
  }

  private live(): number {
    this.collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  }
}
