import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_UPLOAD_LIMITS } from '#apps/api/src/http/uploads/upload-limits.js';
import { RawClient, requestHead } from '#test/support/raw-http.js';
import { BOUNDARY, END, FILE, FORM_TYPE, pdfForm, uploadServer } from '#test/support/upload-server.js';

describe('MultipartReader', () => {
  const server = uploadServer();

  describe('refuses as invalid', () => {
    const invalid = (message: string | RegExp, subject = 'body') => ({
      code: 'invalid',
      subject,
      message: expect.stringMatching(message),
    });
    const part = (disposition: string, type = 'application/pdf') =>
      `--${BOUNDARY}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\nx`;

    it('an eleventh file', async () => {
      const answer = await server.send(pdfForm(...Array(11).fill(['a.pdf', 1])));
      expect(answer).toEqual(invalid(/^At most 10 files can be attached in one request\.$/, 'files'));
    });

    it.each([
      [
        'a file under another name',
        part('form-data; name="file"; filename="a.pdf"'),
        'in parts named "files"',
      ],
      ['a file under a longer name', part('form-data; name="files[]"; filename="a.pdf"'), 'in parts named'],
      [
        'a text under the files\u2019 name',
        part('form-data; name="files"', 'text/plain'),
        'have a file name',
      ],
      ['a typed text under that name', part('form-data; name="files"'), 'have a file name'],
      [
        'bytes without a name',
        part('form-data; name="files"', 'application/octet-stream'),
        'have a file name',
      ],
      [
        'no chosen file',
        part('form-data; name="files"; filename=""', 'application/octet-stream'),
        'a file name',
      ],
    ])('%s', async (_what, body, message) => {
      expect(await server.send(body + END)).toEqual(invalid(message, 'files'));
      expect(await server.send(`${FILE}fine\r\n${body}${END}`)).toEqual(invalid(message, 'files'));
    });

    it.each([
      ['an empty body', ''],
      ['another boundary', `${FILE}x${END}`.replaceAll(BOUNDARY, 'OTHER')],
      ['a body that stops in a header', FILE.slice(0, 40)],
      ['a body that stops in a file', `${FILE}some bytes`],
      ['a body that stops after a file', `${FILE}some bytes\r\n--${BOUNDARY}`],
      ['bare line feeds', `${FILE}x${END}`.replaceAll('\r\n', '\n')],
      ['a header without a colon', `--${BOUNDARY}\r\nnonsense\r\n\r\nx${END}`],
      ['a header of 20 KB', `--${BOUNDARY}\r\nX: ${'y'.repeat(20_000)}\r\n\r\nx${END}`],
      ['a part without a disposition', `--${BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nx${END}`],
      ['a part that is an attachment', part('attachment; filename="a.pdf"') + END],
      ['a disposition with an open quote', part('form-data; name="files"; filename="a.pdf') + END],
      [
        'a file name in an unknown charset',
        part('form-data; name="files"; filename*=klingon\'\'a.pdf') + END,
      ],
      ['a part without a name', part('form-data; filename="a.pdf"') + END],
      ['a line in a file that starts like a delimiter', `${FILE}x\r\n--${BOUNDARY}Y\r\nz${END}`],
      ['a field name of 101 bytes', part(`form-data; name="${'n'.repeat(101)}"`) + END],
      ['a field of 65 537 bytes', part('form-data; name="note"') + 'x'.repeat(65_536) + END],
      ['21 fields', part('form-data; name="note"').concat('\r\n').repeat(21) + END.slice(2)],
    ])('%s', async (_what, body) => {
      expect(await server.send(body)).toEqual(invalid(/malformed|too many parts|too long/));
      expect(await server.send(`${FILE}fine\r\n${body}`)).toEqual(
        invalid(/malformed|too many parts|too long/),
      );
    });

    it.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=""'])(
      'the content type %s, which has no boundary',
      async (type) => {
        expect(await server.send(`${FILE}x${END}`, type)).toEqual(invalid('has no boundary'));
      },
    );
  });

  describe('refuses', () => {
    it.each(['application/json', 'text/plain', 'multipart/mixed; boundary=x', 'multipart', 'nonsense'])(
      'the content type %s as unsupported',
      async (type) => {
        expect(await server.send('{}', type)).toMatchObject({ code: 'unsupported', subject: 'body' });
      },
    );

    it('a request without a body or a content type as unsupported', async () => {
      const answer = await (await fetch(`http://127.0.0.1:${server.port}/`, { method: 'POST' })).json();
      expect(answer).toMatchObject({ code: 'unsupported' });
    });

    it('a compressed body as unsupported', async () => {
      const headers = {
        'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
        'Content-Encoding': 'gzip',
      };
      const answer = await (
        await fetch(`http://127.0.0.1:${server.port}/`, { method: 'POST', headers, body: `${FILE}x${END}` })
      ).json();
      expect(answer).toMatchObject({ code: 'unsupported' });
    });

    it('an announced body of more than 41 MB before it is sent', async () => {
      const client = await RawClient.open(server.port);
      await client.write(
        requestHead(FORM_TYPE, `Content-Length: ${DEFAULT_UPLOAD_LIMITS.maxRequestBytes + 1}`),
      );
      const { body } = await client.answer();
      client.close();
      expect(JSON.parse(body)).toEqual({
        code: 'too_large',
        subject: 'request',
        message: 'The request is too large.',
      });
    });

    it('an announced body of 50 MB that is sent all the same, with an answer that arrives', async () => {
      expect(await server.send(pdfForm(...Array(2).fill(['a.pdf', 25_000_000])))).toMatchObject({
        code: 'too_large',
      });
    });

    it('a body without an announced length once it passes 41 MB, and cuts off who never ends', async () => {
      const client = await RawClient.open(server.port);
      await client.write(requestHead(FORM_TYPE, 'Transfer-Encoding: chunked'));
      await client.write(chunk(Buffer.from(FILE)));
      const megabyte = chunk(Buffer.alloc(1024 * 1024, 'x'));
      let sent = 0;
      while (sent < 200 && (await client.write(megabyte))) sent++;
      expect(sent).toBeGreaterThanOrEqual(41);
      expect(sent).toBeLessThan(100);
      expect(server.failures).toMatchObject([{ code: 'too_large' }]);
    });

    it('takes a body of exactly the cap and none of a byte more', async () => {
      const around = FILE.length + END.length;
      server.options = { maxRequestBytes: around + 1000 };
      expect(await server.send(FILE + 'x'.repeat(1000) + END)).toMatchObject({ files: [{ size: 1000 }] });
      expect(await server.send(FILE + 'x'.repeat(1001) + END)).toMatchObject({ code: 'too_large' });
    });

    it('as unavailable what the local disk cannot take', async () => {
      const file = join(server.directory, 'in-the-way');
      await writeFile(file, '');
      server.options = { spoolDir: join(file, 'spool') };
      expect(await server.send(pdfForm(['a.pdf', 100_000]))).toMatchObject({
        code: 'unavailable',
        subject: 'files',
      });
      if (process.getuid?.() === 0) return; // root may write everywhere
      const readOnly = join(server.directory, 'read-only');
      await mkdir(readOnly, { mode: 0o500 });
      server.options = { spoolDir: readOnly };
      expect(await server.send(pdfForm(['a.pdf', 100_000]))).toMatchObject({ code: 'unavailable' });
    });
  });

  function chunk(data: Buffer): Buffer {
    return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
  }
});
