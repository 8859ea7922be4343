import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// @ts-expect-error s3rver ships no types
import S3rver from 's3rver';

export const BUCKET = 'chorus';
/** The one key pair that s3rver knows. */
export const S3_KEY = 'S3RVER';

export interface S3Server {
  readonly port: number;
  /** Holds the objects as files. */
  readonly directory: string;
  /** What makes an app keep its files here. */
  readonly settings: Readonly<Record<string, string | boolean>>;
  stop(): Promise<void>;
}

/** s3rver, an S3 server process from npm: enough of S3 to hold our client against, and no more than that. */
export async function startS3(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  }) as { run(): Promise<{ port: number }>; close(): Promise<void> };
  const { port } = await server.run();
  return {
    port,
    directory,
    settings: {
      STORAGE: 's3',
      S3_BUCKET: BUCKET,
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_FORCE_PATH_STYLE: true,
      S3_ACCESS_KEY_ID: S3_KEY,
      S3_SECRET_ACCESS_KEY: S3_KEY,
    },
    stop: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
