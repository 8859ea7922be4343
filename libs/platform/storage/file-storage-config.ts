export interface DiskStorageConfig {
  readonly kind: 'disk';
  /** Directory that holds the files; made when it is missing. */
  readonly root: string;
}

export interface S3StorageConfig {
  readonly kind: 's3';
  readonly bucket: string;
  readonly region: string;
  /** URL of an S3-compatible store; absent means AWS. */
  readonly endpoint?: string;
  /** True puts the bucket into the path instead of the host name; most self-hosted stores need it. */
  readonly forcePathStyle?: boolean;
  /** Absent, with its secret, means the SDK's own chain: environment, profile, container or instance role. */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Put before each key as it is, for example `attachments/`. */
  readonly prefix?: string;
}

export type FileStorageConfig = DiskStorageConfig | S3StorageConfig;
