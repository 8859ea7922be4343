import type { Request, Response } from 'express';
import multer, { type Options } from 'multer';
import { MIMEType } from 'node:util';
import type { Readable, Writable } from 'node:stream';
import { discardRest } from './discard-rest.js';
import { PartCounter } from './part-counter.js';
import { ensureSpool, SpoolEngine } from './spool-engine.js';
import type { FormField, FormFile, SpooledForm, SpooledUpload } from './spooled-upload.js';
import { toUploadError, uploadErrors } from './upload-errors.js';
import type { UploadLimits } from './upload-limits.js';

const MAX_FIELD_NAME_BYTES = 100;
/** A refused request may go on for as much as an allowed one and a little more before it is cut off. */
const DISCARD_MORE_BYTES = 1024 * 1024;
const DISCARD_MS = 10_000;

export interface MultipartReaderOptions extends UploadLimits {
  /** Directory for uploaded files while they are looked at; on a disk, not in memory. */
  readonly spoolDir: string;
}

/** What is passed to multer, with the option that its types do not know yet. */
interface StreamedOptions extends Options {
  readonly streamHandler: (request: Request, parser: Writable) => void;
}

/** Where the parts of one request go. */
interface Reception {
  readonly fieldName: string | undefined;
  readonly engine: SpoolEngine;
  readonly boundary: string;
  readonly fields: FormField[];
}

/** Reads the files of multipart requests onto the local disk; neither memory nor disk use grows with the sender's will. */
export class MultipartReader {
  constructor(private readonly options: MultipartReaderOptions) {}

  /**
   * Reads the whole request. When it rejects, nothing of the request is left on the disk.
   *
   * @param fieldName the name of the parts that hold files; text fields of other names are read over.
   * @throws DomainError unsupported, too_large, invalid; unavailable when the local disk fails.
   */
  read(request: Request, response: Response, fieldName: string): Promise<SpooledUpload> {
    return this.readParts(request, response, fieldName);
  }

  /**
   * Reads the whole request, with files and fields of any names. An empty part for a file that was not chosen, as
   * browsers send it, is read over. When it rejects, nothing of the request is left on the disk.
   *
   * @throws DomainError unsupported, too_large, invalid; unavailable when the local disk fails.
   */
  readForm(request: Request, response: Response): Promise<SpooledForm> {
    return this.readParts(request, response, undefined);
  }

  /** @param fieldName the one name that parts with files may have; undefined lets them have any. */
  private async readParts(
    request: Request,
    response: Response,
    fieldName: string | undefined,
  ): Promise<SpooledForm> {
    const { spoolDir, maxFileBytes, maxRequestBytes } = this.options;
    const engine = new SpoolEngine(spoolDir, maxFileBytes);
    const discard = () => engine.discard();
    const fields: FormField[] = [];
    try {
      const boundary = this.checkHeaders(request);
      await ensureSpool(spoolDir);
      await this.receive(request, response, { fieldName, engine, boundary, fields });
    } catch (error) {
      discardRest(request, maxRequestBytes + DISCARD_MORE_BYTES, DISCARD_MS);
      await discard();
      throw toUploadError(error, fieldName ?? 'files', this.options);
    }
    const received = (request.files ?? []) as Express.Multer.File[];
    const files = received.map(({ fieldname, path, originalname, mimetype, size }): FormFile => ({
      fieldName: fieldname,
      path,
      originalName: originalname,
      declaredType: mimetype,
      size,
      truncated: size > maxFileBytes,
    }));
    return { files, fields, discard };
  }

  /** Refuses what can be refused before the body is read. */
  private checkHeaders(request: Request): string {
    const type = parseMediaType(request.headers['content-type']);
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (type?.essence !== 'multipart/form-data' || encoding !== 'identity') throw uploadErrors.notMultipart();
    if (Number(request.headers['content-length'] ?? 0) > this.options.maxRequestBytes) {
      throw uploadErrors.tooLarge();
    }
    const boundary = type.params.get('boundary');
    if (!boundary) throw uploadErrors.noBoundary();
    return boundary;
  }

  /** Resolves when all files are on the disk. Rejects with the first thing that is wrong. */
  private receive(
    request: Request,
    response: Response,
    { fieldName, engine, boundary, fields }: Reception,
  ): Promise<void> {
    const { maxRequestBytes, maxFiles, maxFields, maxFieldBytes } = this.options;
    // Multer would wait for a stream that gives nothing any more.
    if (request.destroyed || request.readableEnded) return Promise.reject(uploadErrors.aborted());

    return new Promise((resolve, reject) => {
      let parser: Writable | undefined;
      let refusal: Error | undefined;
      const counter = new PartCounter(boundary);
      let seenParts = 0;

      /** Ends at once, without multer, which would read a refused request to its end first. */
      const stop = (error: Error) => {
        if (parser) request.unpipe(parser);
        parser?.destroy(error);
        reject(error);
      };

      const options: StreamedOptions = {
        storage: engine,
        limits: {
          files: maxFiles,
          fields: maxFields,
          fieldSize: maxFieldBytes,
          fieldNameSize: MAX_FIELD_NAME_BYTES,
          parts: maxFiles + maxFields,
        },
        // Otherwise a name like `/` becomes empty, and multer drops such a file without a word.
        preservePath: true,
        defParamCharset: 'utf8',
        streamHandler: (_request, busboy) => {
          parser = busboy;
          let total = 0;
          request.on('data', (chunk: Buffer) => {
            total += chunk.length;
            if (total > maxRequestBytes) stop(uploadErrors.tooLarge());
            else counter.push(chunk);
          });
          busboy.on('field', (name: string | undefined, value: string, info: { mimeType: string }) => {
            seenParts++;
            if (name !== undefined) fields.push({ name, value, mediaType: info.mimeType });
            if (name !== undefined && name === fieldName) refusal ??= uploadErrors.noFileName(name);
          });
          busboy.on('file', (name: string, stream: Readable, info: { filename?: string }) => {
            seenParts++;
            if (info.filename) return;
            // Multer drops such a part; browsers send one when no file was chosen.
            if (fieldName !== undefined) refusal ??= uploadErrors.noFileName(fieldName);
            else stream.once('data', () => (refusal ??= uploadErrors.noFileName(name)));
          });
          request.pipe(busboy);
        },
      };

      const upload = multer(options);
      (fieldName === undefined ? upload.any() : upload.array(fieldName))(
        request,
        response,
        (error?: unknown) => {
          if (error !== undefined) {
            const cause = error as Error;
            stop(isCutOff(request) ? uploadErrors.aborted(cause) : cause);
          } else if (refusal) reject(refusal);
          else if (counter.parts !== seenParts || counter.isAmbiguous) reject(uploadErrors.malformed());
          else resolve();
        },
      );
    });
  }
}

function isCutOff(request: Request): boolean {
  return !request.readableEnded && (request.destroyed || request.errored !== null);
}

function parseMediaType(header: string | undefined): MIMEType | undefined {
  try {
    return new MIMEType(header ?? '');
  } catch {
    return undefined;
  }
}
