import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Request, type Response } from 'express';
import { MultipartReader, type MultipartReaderOptions } from '#apps/api/src/http/uploads/multipart-reader.js';
import type { ReceivedFile } from '#apps/api/src/http/uploads/spooled-upload.js';
import { DEFAULT_UPLOAD_LIMITS } from '#apps/api/src/http/uploads/upload-limits.js';
import type { DomainError } from '#libs/platform/errors/domain-error.js';

export const BOUNDARY = 'X-BOUNDARY';
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
/** The start of a part that holds a file, up to its bytes. */
export const FILE = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
export const END = `\r\n--${BOUNDARY}--\r\n`;

/** What the server answers: the files with what it found on the disk, or the error. */
export interface UploadAnswer {
  readonly code?: string;
  readonly subject?: string;
  readonly message?: string;
  readonly files?: (ReceivedFile & { mode?: number; sha256?: string })[];
}

/** The server of a suite; no request may leave a file behind. */
export function uploadServer(): UploadServer {
  const server = new UploadServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  afterEach(async () => {
    expect(server.leftAtRejection).toEqual([]);
    expect(await server.spooled()).toEqual([]);
    server.reset();
  });
  return server;
}

/** A form with files of so many bytes, which call themselves PDF. */
export function pdfForm(...files: readonly [name: string, size: number][]): FormData {
  const data = new FormData();
  for (const [name, size] of files) {
    data.append('files', new Blob([Buffer.alloc(size, 'x')], { type: 'application/pdf' }), name);
  }
  return data;
}

/** A bare express server whose one route reads uploads; it makes and removes its own directory. */
class UploadServer {
  directory = '';
  spoolDir = '';
  port = 0;
  /** Added to the defaults for each request from now on. */
  options: Partial<MultipartReaderOptions> = {};
  readonly failures: DomainError[] = [];
  /** Files that were still there when the reader rejected, though it promises that there are none. */
  readonly leftAtRejection: string[] = [];
  private server: Server | undefined;

  async start(): Promise<void> {
    this.directory = await mkdtemp(join(tmpdir(), 'chorus-uploads-'));
    this.spoolDir = join(this.directory, 'data', 'spool');
    const app = express().post('/', (request, response) => this.handle(request, response));
    this.server = app.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
    await rm(this.directory, { recursive: true, force: true });
  }

  reset(): void {
    this.options = {};
    this.failures.length = 0;
    this.leftAtRejection.length = 0;
  }

  async spooled(): Promise<string[]> {
    return readdir(this.spoolDir).catch(() => []);
  }

  async send(body: FormData | string | Buffer<ArrayBuffer>, type = FORM_TYPE): Promise<UploadAnswer> {
    const headers: Record<string, string> = body instanceof FormData ? {} : { 'Content-Type': type };
    const answer = await fetch(`http://127.0.0.1:${this.port}/`, { method: 'POST', headers, body });
    return (await answer.json()) as UploadAnswer;
  }

  private async handle(request: Request, response: Response): Promise<void> {
    const reader = new MultipartReader({
      ...DEFAULT_UPLOAD_LIMITS,
      spoolDir: this.spoolDir,
      ...this.options,
    });
    try {
      const upload = await reader.read(request, response, 'files');
      const files = await Promise.all(
        upload.files.map(async (file) => (file.truncated ? file : lookAt(file))),
      );
      await upload.discard();
      await upload.discard();
      response.json({ files });
    } catch (error) {
      const failure = error as DomainError;
      this.failures.push(failure);
      this.leftAtRejection.push(...(await this.spooled()));
      const { code, subject, message } = failure;
      response.status(400).json({ code, subject, message });
    }
  }
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function lookAt(file: ReceivedFile): Promise<ReceivedFile & { mode: number; sha256: string }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file.path)) hash.update(chunk as Buffer);
  return { ...file, mode: (await stat(file.path)).mode & 0o777, sha256: hash.digest('hex') };
}
