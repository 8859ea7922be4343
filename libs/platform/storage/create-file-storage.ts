import { DiskFileStorage } from './disk-file-storage.js';
import type { FileStorage } from './file-storage.js';
import type { FileStorageConfig } from './file-storage-config.js';

/** Makes the store that the configuration asks for. A deployment on disk never loads the S3 client. */
export async function createFileStorage(config: FileStorageConfig): Promise<FileStorage> {
  if (config.kind === 'disk') return new DiskFileStorage(config.root);
  const { S3FileStorage } = await import('./s3-file-storage.js');
  return new S3FileStorage(config);
}
