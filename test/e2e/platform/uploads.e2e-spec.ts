import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RawClient, requestHead } from '#test/support/raw-http.js';
import {
  BOUNDARY,
  END,
  FILE,
  FORM_TYPE,
  sha256,
  pdfForm,
  type UploadAnswer,
  uploadServer,
} from '#test/support/upload-server.js';

describe('MultipartReader', () => {
  const server = uploadServer();

  describe('receives', () => {
    it('files in their order, each private on the disk', async () => {
      const data = pdfForm(['first.pdf', 3], ['second.pdf', 100_000]);
      data.append('note', 'read over');
      data.append('files', new Blob(['abc'], { type: 'image/png' }), 'Größe.png');
      const { files } = await server.send(data);
      expect(files).toMatchObject([
        {
          originalName: 'first.pdf',
          declaredType: 'application/pdf',
          size: 3,
          sha256: sha256('xxx'),
          mode: 0o600,
        },
        { originalName: 'second.pdf', size: 100_000, truncated: false, mode: 0o600 },
        { originalName: 'Größe.png', declaredType: 'image/png', size: 3, sha256: sha256('abc'), mode: 0o600 },
      ]);
      expect((await stat(server.spoolDir)).mode & 0o777).toBe(0o700);
    });

    it('the bytes of a large file as they are', async () => {
      const bytes = randomBytes(1_000_000);
      const data = new FormData();
      data.append('files', new Blob([bytes], { type: 'application/pdf' }), 'a.pdf');
      expect(await server.send(data)).toMatchObject({ files: [{ size: 1_000_000, sha256: sha256(bytes) }] });
    });

    it('a form without files as an empty list', async () => {
      const data = new FormData();
      data.append('note', 'x');
      expect(await server.send(data)).toEqual({ files: [] });
    });

    it('an empty file as one of no bytes', async () => {
      expect(await server.send(pdfForm(['a.pdf', 0]))).toMatchObject({
        files: [{ size: 0, truncated: false }],
      });
    });

    it('ten files of exactly 4 194 304 bytes', async () => {
      const { files } = await server.send(pdfForm(...Array(10).fill(['a.pdf', 4_194_304])));
      expect(files).toHaveLength(10);
      for (const file of files ?? []) expect(file).toMatchObject({ size: 4_194_304, truncated: false });
    });

    it('a file of one byte more, counted and marked, with its neighbours whole', async () => {
      const { files } = await server.send(
        pdfForm(['a.pdf', 5], ['b.pdf', 4_194_305], ['c.pdf', 9_000_000], ['d.pdf', 6]),
      );
      expect(files?.map(({ size, truncated }) => [size, truncated])).toEqual([
        [5, false],
        [4_194_305, true],
        [9_000_000, true],
        [6, false],
      ]);
      expect(files?.[3]?.sha256).toBe(sha256('xxxxxx'));
    });

    it.each([
      ['filename="/"', '/'],
      ['filename="../../etc/passwd"', '../../etc/passwd'],
      ['filename="C:\\\\dir\\\\a.pdf"', 'C:\\dir\\a.pdf'],
      ['filename="\u00c3\u00a4.pdf"', 'ä.pdf'],
      ["filename*=UTF-8''%C3%A4%E2%82%AC.pdf", 'ä€.pdf'],
      ['filename="a.pdf"; filename*=utf-8\'de\'%C3%A4.pdf', 'ä.pdf'],
      ["filename*=iso-8859-1''%E4.pdf", 'ä.pdf'],
      ['filename="a%22b%0D%0A.pdf"', 'a"b\r\n.pdf'],
    ])('the name in %s as it was meant', async (parameter, name) => {
      const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; ${parameter}\r\n\r\nx`;
      const answer = await server.send(Buffer.from(head + END, 'latin1'));
      expect(answer).toMatchObject({
        files: [{ originalName: name, declaredType: 'text/plain', sha256: sha256('x') }],
      });
    });

    it('a body cut anywhere into pieces', async () => {
      const client = await RawClient.open(server.port);
      const body = `preamble\r\n${FILE}abc\r\n--X-BOUND\r\n${END}epilogue`;
      await client.write(requestHead(FORM_TYPE, `Content-Length: ${body.length}`));
      for (const character of body) await client.write(character);
      const answer = JSON.parse((await client.answer()).body) as UploadAnswer;
      client.close();
      expect(answer.files).toMatchObject([{ sha256: sha256('abc\r\n--X-BOUND\r\n') }]);
    });
  });

  describe('when the client goes away', () => {
    it.each([
      ['in a header', FILE.slice(0, 50)],
      ['in a file', `${FILE}${'x'.repeat(300_000)}`],
      ['between files', `${FILE}x\r\n${FILE}x\r\n`],
    ])('%s, leaves nothing behind', async (_where, body) => {
      const client = await RawClient.open(server.port);
      await client.write(requestHead(FORM_TYPE, 'Content-Length: 10000000'));
      await client.write(body);
      await until(async () => body.length < 100 || (await server.spooled()).length > 0);
      client.close();
      await until(async () => server.failures.length > 0);
      expect(server.failures).toMatchObject([{ code: 'invalid', details: { reason: 'aborted' } }]);
    });
  });

  it('holds next to nothing in memory while 50 clients send 4 MB each', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const length = FILE.length + 64 * piece.length + END.length;
    const collect = garbageCollector();
    // Twice, as freed buffers are given back in the background: what is held is there both times.
    const live = async () => {
      const seen: number[] = [];
      for (let i = 0; i < 2; i++) {
        collect();
        await pause(20);
        const { heapUsed, external } = process.memoryUsage();
        seen.push(heapUsed + external);
      }
      return Math.min(...seen);
    };
    await live();
    await pause(100);
    const before = await live();
    let most = 0;
    let sending = true;
    const sampling = (async () => {
      while (sending) {
        const from = performance.now();
        most = Math.max(most, (await live()) - before);
        // A full collection takes as long as the worker's heap is large: it must not eat the time of the uploads.
        await pause(20 + 3 * (performance.now() - from));
      }
    })();
    const clients = Array.from({ length: 50 }, async () => {
      const client = await RawClient.open(server.port);
      await client.write(requestHead(FORM_TYPE, `Content-Length: ${length}`) + FILE);
      for (let i = 0; i < 64; i++) await client.write(piece);
      await client.write(END);
      const answer = await client.answer();
      client.close();
      return JSON.parse(answer.body) as UploadAnswer;
    });
    const answers = await Promise.all(clients);
    sending = false;
    await sampling;
    for (const answer of answers) expect(answer.files).toMatchObject([{ size: 4_194_304, truncated: false }]);
    // 200 MB pass through; sockets and parser hold a few pieces for each client, on both ends.
    expect(most).toBeLessThan(64 * 1024 * 1024);
  });

  async function until(condition: () => Promise<boolean>): Promise<void> {
    for (let i = 0; i < 500 && !(await condition()); i++) await pause(10);
  }
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((next) => setTimeout(next, milliseconds));
}

/** So that what is measured is what is held, and not what the collector has not come to yet. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
