export interface UploadLimits {
  /** Largest file in bytes, inclusive. A larger one is not kept, but named in the result. */
  readonly maxFileBytes: number;
  /** Largest request body in bytes, inclusive. */
  readonly maxRequestBytes: number;
  readonly maxFiles: number;
  /** Text fields beside the files; they are read over and not kept. */
  readonly maxFields: number;
  readonly maxFieldBytes: number;
}

/** Room for ten full files and what is around them: 41 MB, where MB is 1024 times 1024 bytes as for the files. */
export const DEFAULT_UPLOAD_LIMITS: UploadLimits = {
  maxFileBytes: 4 * 1024 * 1024,
  maxRequestBytes: 41 * 1024 * 1024,
  maxFiles: 10,
  maxFields: 20,
  maxFieldBytes: 64 * 1024,
};
