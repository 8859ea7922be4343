import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createFileStorage } from '#libs/platform/storage/create-file-storage.js';
import type { FileStorage } from '#libs/platform/storage/file-storage.js';
import { BUCKET, S3_KEY, type S3Server, startS3 } from '#test/support/s3-server.js';
import { fileStorageContract, unavailableStorageContract } from '#test/support/file-storage-contract.js';

const storageAt = (port: number, bucket = BUCKET) =>
  createFileStorage({
    kind: 's3',
    bucket,
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    accessKeyId: S3_KEY,
    secretAccessKey: S3_KEY,
    prefix: 'attachments/',
  });

describe('S3FileStorage, against s3rver, an S3 server process from npm', () => {
  let server: S3Server;
  let port: number;
  let storage: FileStorage;

  beforeAll(async () => {
    server = await startS3();
    ({ port } = server);
    storage = await storageAt(port);
  });
  afterAll(async () => {
    await server.stop();
  });

  fileStorageContract(() => storage);

  it('stores under the prefix, with the media type', async () => {
    const key = randomUUID();
    await storage.put(key, Readable.from([Buffer.from('%PDF-')]), 5, 'application/pdf');
    const { S3Client, HeadObjectCommand } = await import('@aws-sdk/client-s3');
    const client = new S3Client({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      forcePathStyle: true,
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    });
    const head = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: `attachments/${key}` }));
    client.destroy();
    expect(head).toMatchObject({ ContentType: 'application/pdf', ContentLength: 5 });
  });

  describe('whose bucket is missing', () => {
    let broken: FileStorage;
    beforeAll(async () => {
      broken = await storageAt(port, 'another');
    });
    it('is unavailable: a file that cannot be looked for is not a file that is missing', async () => {
      await expect(broken.get(randomUUID())).rejects.toMatchObject({ code: 'unavailable' });
      await expect(broken.check()).rejects.toMatchObject({ code: 'unavailable' });
    });
  });

  describe('whose server is down', () => {
    let broken: FileStorage;
    beforeAll(async () => {
      broken = await storageAt(await freePort());
    });
    unavailableStorageContract(() => broken);
  });

  describe('whose server answers 500', () => {
    let failing: Server;
    let broken: FileStorage;
    beforeAll(async () => {
      failing = createServer((request, response) => {
        request.resume();
        response.writeHead(500).end();
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => failing.once('listening', resolve));
      broken = await storageAt((failing.address() as AddressInfo).port);
    });
    afterAll(() => failing.close());
    unavailableStorageContract(() => broken);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
