import { MAX_UPLOAD_BYTES } from '#libs/attachments/uploads.service.js';
import { MultipartReader } from '#apps/api/src/http/uploads/multipart-reader.js';

const MAX_FILES = 10;

/** Reads forms with images: at most ten, of 1 MiB each, and 1 MiB for all that is around them. */
export class FormReader extends MultipartReader {
  constructor(spoolDir: string) {
    super({
      spoolDir,
      maxFileBytes: MAX_UPLOAD_BYTES,
      maxRequestBytes: (MAX_FILES + 1) * MAX_UPLOAD_BYTES,
      maxFiles: MAX_FILES,
      maxFields: 300,
      maxFieldBytes: MAX_UPLOAD_BYTES,
    });
  }
}
