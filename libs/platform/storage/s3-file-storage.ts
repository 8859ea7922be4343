import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { exactLength } from './exact-length.js';
import { requireFileKey } from './file-key.js';
import { FileStorage } from './file-storage.js';
import type { S3StorageConfig } from './file-storage-config.js';
import { fileNotFound, storageUnavailable } from './storage-errors.js';

const CONNECT_MS = 3_000;
const SILENCE_MS = 30_000;
const CHECK_MS = 5_000;
const REMOVED_AT_ONCE = 16;

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * Files in an S3 bucket or a store that speaks S3. The credentials need `s3:ListBucket` beside reading, writing
 * and deleting objects: without it S3 answers 403 instead of 404 for an object that is not there.
 */
export class S3FileStorage extends FileStorage {
  private readonly client: S3Client;
  private readonly bucket: string;
  private readonly prefix: string;

  constructor(config: S3StorageConfig) {
    super();
    this.bucket = config.bucket;
    this.prefix = config.prefix ?? '';
    this.client = new S3Client({
      region: config.region,
      ...(config.endpoint === undefined ? {} : { endpoint: config.endpoint }),
      forcePathStyle: config.forcePathStyle ?? false,
      ...credentialsOf(config),
      // The newer default adds a checksum trailer in `aws-chunked` encoding: many compatible stores do not know
      // it, and it cannot be signed for a stream over plain http.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
      // Otherwise the SDK writes to the console; what goes wrong is told by the errors thrown here.
      logger: SILENT,
    });
  }

  override async put(key: string, content: Readable, size: number, mediaType: string): Promise<void> {
    const Key = this.keyOf(key);
    const body = Readable.from(exactLength(content, size), { objectMode: false });
    // The SDK pipes the body without looking at its errors: a source that fails would leave the request open
    // until the store gives up, so it is ended here.
    const stop = new AbortController();
    let broken: Error | undefined;
    body.once('error', (error) => {
      broken = error;
      stop.abort();
    });
    try {
      await this.client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key,
          Body: body,
          ContentLength: size,
          ContentType: mediaType,
        }),
        { abortSignal: stop.signal },
      );
    } catch (error) {
      throw broken ?? storageUnavailable(error);
    } finally {
      body.destroy();
      content.destroy();
    }
  }

  override async get(key: string): Promise<Readable> {
    const Key = this.keyOf(key);
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
      if (!(Body instanceof Readable)) throw new Error('The store answered without a body.');
      return Body;
    } catch (error) {
      throw isMissing(error) ? fileNotFound(error) : storageUnavailable(error);
    }
  }

  /** One by one, because not every compatible store knows `DeleteObjects` or accepts the checksum it requires. */
  override async remove(keys: readonly string[]): Promise<void> {
    const targets = keys.map((key) => this.keyOf(key));
    for (let at = 0; at < targets.length; at += REMOVED_AT_ONCE) {
      await Promise.all(targets.slice(at, at + REMOVED_AT_ONCE).map((Key) => this.removeOne(Key)));
    }
  }

  /** Signed on this machine; what is put there is looked at when somebody refers to it. */
  override directUpload(key: string, seconds: number): Promise<string> {
    const command = new PutObjectCommand({ Bucket: this.bucket, Key: this.keyOf(key) });
    return getSignedUrl(this.client, command, { expiresIn: seconds });
  }

  override async check(): Promise<void> {
    try {
      await this.client.send(new HeadBucketCommand({ Bucket: this.bucket }), {
        abortSignal: AbortSignal.timeout(CHECK_MS),
      });
    } catch (error) {
      throw storageUnavailable(error);
    }
  }

  private async removeOne(Key: string): Promise<void> {
    try {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
    } catch (error) {
      if (!isMissing(error)) throw storageUnavailable(error);
    }
  }

  private keyOf(key: string): string {
    return this.prefix + requireFileKey(key);
  }
}

function credentialsOf({ accessKeyId, secretAccessKey }: S3StorageConfig) {
  if (accessKeyId === undefined || secretAccessKey === undefined) return {};
  return { credentials: { accessKeyId, secretAccessKey } };
}

/** By name, not by status: a missing bucket is 404 too, and means that the store is misconfigured. */
function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchKey';
}
