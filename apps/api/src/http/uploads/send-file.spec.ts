import { PassThrough, Readable } from 'node:stream';
import type { Response } from 'express';
import { sendFile } from './send-file.js';

const FILE = { name: 'a.pdf', mediaType: 'application/pdf', size: 4 };

/** As much of a response as a file needs. */
function fakeResponse() {
  const headers = new Map<string, unknown>();
  return Object.assign(new PassThrough(), {
    headersSent: false,
    headers,
    attachment: () => undefined,
    setHeader: (name: string, value: unknown) => headers.set(name, value),
  });
}

describe('sendFile', () => {
  it('sends the content, with its exact type and nothing that could run', async () => {
    const response = fakeResponse();
    const received: Buffer[] = [];
    response.on('data', (chunk: Buffer) => received.push(chunk));
    await sendFile(response as unknown as Response, {
      file: FILE,
      content: Readable.from([Buffer.from('%PDF')]),
    });
    expect(Buffer.concat(received).toString()).toBe('%PDF');
    expect(response.headers.get('Content-Type')).toBe('application/pdf');
    expect(response.headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox");
  });

  // Found by the fuzzer: a file that stayed open until the garbage collector came by.
  it('lets go of the content when the client had gone before the first byte, and complains to nobody', async () => {
    const response = fakeResponse();
    response.destroy();
    const content = new PassThrough();
    await sendFile(response as unknown as Response, { file: FILE, content });
    expect(content.destroyed).toBe(true);
  });

  it('lets go of the content when the headers cannot be written', async () => {
    const response = fakeResponse();
    response.setHeader = () => {
      throw new TypeError('Invalid character in header content');
    };
    const content = new PassThrough();
    await expect(sendFile(response as unknown as Response, { file: FILE, content })).rejects.toThrow(
      TypeError,
    );
    expect(content.destroyed).toBe(true);
  });

  it('breaks the connection off when the storage breaks off after the headers', async () => {
    const response = fakeResponse();
    response.headersSent = true;
    response.resume();
    const content = new PassThrough();
    setImmediate(() => content.destroy(new Error('the storage went away')));
    await sendFile(response as unknown as Response, { file: FILE, content });
    expect(response.destroyed).toBe(true);
  });
});
