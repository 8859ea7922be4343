import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
} from 'class-validator';

const toInteger = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
);
const toBoolean = Transform(({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value,
);

/**
 * What an operator may set, one member per environment variable, in the words of the environment. Everything has
 * a default that suits `npm start`; `Config` is what the code reads.
 */
export class Environment {
  /** `production` makes CHORUS_SECRET_KEY required. */
  @IsIn(['development', 'production', 'test'])
  NODE_ENV: 'development' | 'production' | 'test' = 'development';

  /** Port to listen on; 0 picks a free one. */
  @toInteger
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  /** Address to listen on. */
  @IsString()
  @MinLength(1)
  HOST = '127.0.0.1';

  /** Unset: an embedded PostgreSQL in the data directory. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must be a postgres:// address' })
  DATABASE_URL?: string;

  /** The owner role for migrations, when the role of DATABASE_URL owns nothing. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must be a postgres:// address' })
  MIGRATION_DATABASE_URL?: string;

  /** The database past a pooler, where DATABASE_URL leads to one. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must be a postgres:// address' })
  DIRECT_DATABASE_URL?: string;

  /** false: refuse to start while migrations are missing. */
  @toBoolean
  @IsBoolean({ message: 'must be true or false' })
  MIGRATE_ON_START = true;

  /** Connections per process, beside 5 for jobs, notifications and locks. */
  @toInteger
  @IsInt()
  @Min(2)
  @Max(200)
  DATABASE_POOL_SIZE = 20;

  /** Milliseconds after which the database gives a statement up. */
  @toInteger
  @IsInt()
  @Min(100)
  @Max(600_000)
  STATEMENT_TIMEOUT_MS = 15_000;

  /** false behind a pooler in transaction mode. */
  @toBoolean
  @IsBoolean({ message: 'must be true or false' })
  PREPARED_STATEMENTS = true;

  /** Holds the embedded database, files (STORAGE=disk), spool, key and demo credentials. */
  @IsString()
  @MinLength(1)
  CHORUS_DATA_DIR = '.chorus';

  /** Makes the demo workspace on a database that is not embedded, too. */
  @toBoolean
  @IsBoolean({ message: 'must be true or false' })
  CHORUS_DEMO = false;

  /** 32 bytes in base64 or hex; encrypts what must be kept but not read. */
  @IsOptional()
  @Matches(/^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/, { message: 'must be 32 bytes in base64 or hex' })
  CHORUS_SECRET_KEY?: string;

  /** What tokens name as issuer and links start with; default http://HOST:PORT. */
  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: 'must be an http(s) address' },
  )
  PUBLIC_URL?: string;

  /** `false`, `true`, a number of hops or a comma-separated list of proxy addresses. */
  @IsString()
  TRUST_PROXY = 'false';

  /** Comma-separated origins that may call the management API from a browser. */
  @Matches(/^$|^\s*https?:\/\/[^\s,/]+(\s*,\s*https?:\/\/[^\s,/]+)*\s*$/, {
    message: 'must be a comma-separated list of origins such as https://console.example.com',
  })
  CORS_ORIGINS = '';

  /** JSON lines on standard output, from this level on. */
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  LOG_LEVEL = 'info';

  /** Lets a scraper that is not on this machine read /metrics as a bearer token. */
  @IsOptional()
  @MinLength(16)
  METRICS_TOKEN?: string;

  /** Runs the background jobs inside the API process; false where a worker runs alone. */
  @toBoolean
  @IsBoolean({ message: 'must be true or false' })
  WORKER = true;

  /** Calls a minute that one address may make without credentials; 0 lifts the limit. */
  @toInteger
  @IsInt()
  @Min(0)
  RATE_LIMIT_ANONYMOUS = 1200;

  /** Calls a minute that one credential may make; 0 lifts the limit. */
  @toInteger
  @IsInt()
  @Min(0)
  RATE_LIMIT_CREDENTIAL = 0;

  /** Removes position and other metadata from uploaded images. */
  @toBoolean
  @IsBoolean({ message: 'must be true or false' })
  STRIP_IMAGE_METADATA = true;

  /** Keeps the addresses that feelbacks of anonymous people come from. */
  @toBoolean
  @IsBoolean({ message: 'must be true or false' })
  KEEP_ADDRESSES = false;

  /** Bytes that one request of an import may have. */
  @toInteger
  @IsInt()
  @Min(1024)
  @Max(1_073_741_824)
  IMPORT_MAX_BYTES = 67_108_864;

  /** Rows that one request of an import may have. */
  @toInteger
  @IsInt()
  @Min(1)
  @Max(10_000_000)
  IMPORT_MAX_ROWS = 100_000;

  /** Where files are kept: in the data directory, or in a bucket. */
  @IsIn(['disk', 's3'])
  STORAGE: 'disk' | 's3' = 'disk';

  /** Required with STORAGE=s3. */
  @IsOptional()
  @MinLength(1)
  S3_BUCKET?: string;

  /** Region of the bucket. */
  @IsString()
  S3_REGION = 'us-east-1';

  /** Address of a storage that speaks S3 and is not Amazon's. */
  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: 'must be an http(s) address' },
  )
  S3_ENDPOINT?: string;

  /** true: the bucket is named in the path and not in the host. */
  @toBoolean
  @IsBoolean({ message: 'must be true or false' })
  S3_FORCE_PATH_STYLE = false;

  /** Unset: the usual places of the AWS tools are asked. */
  @IsOptional()
  @MinLength(1)
  S3_ACCESS_KEY_ID?: string;

  /** Belongs to S3_ACCESS_KEY_ID. */
  @IsOptional()
  @MinLength(1)
  S3_SECRET_ACCESS_KEY?: string;

  /** What every key in the bucket starts with. */
  @IsString()
  S3_PREFIX = '';

  /** Seconds that a stopping process may take to finish what it accepted. */
  @toInteger
  @IsInt()
  @Min(1)
  @Max(600)
  SHUTDOWN_SECONDS = 20;
}
