import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { StartupError } from '#libs/platform/errors/startup-error.js';

const USAGE =
  'Usage: npm run import -- --source ID --file rows.csv|rows.ndjson [--url http://127.0.0.1:3000] [--key KEY] [--batch 10000] [--partial].';
const DEFAULT_BATCH = 10_000;

/** What `npm run import` is told. */
export interface ImportArguments {
  readonly source: string;
  readonly file: string;
  readonly format: 'csv' | 'ndjson';
  /** Without a slash at its end. */
  readonly url: string;
  readonly key: string;
  /** Rows that are sent at a time. */
  readonly batch: number;
  /** True: bad rows are left out. */
  readonly partial: boolean;
}

/**
 * What is not given is looked for: the key in CHORUS_IMPORT_KEY, then address and key of the demo workspace.
 * @throws StartupError that says what is wrong and how it is used
 */
export async function readArguments(environment: NodeJS.ProcessEnv): Promise<ImportArguments> {
  const given = parse();
  const demo = await demoCredentials(environment['CHORUS_DATA_DIR'] ?? '.chorus');
  const { source, file } = given;
  const key = given.key ?? environment['CHORUS_IMPORT_KEY'] ?? demo?.sourceImport?.apiKey;
  const url = given.url ?? demo?.baseUrl ?? 'http://127.0.0.1:3000';
  if (source === undefined || file === undefined) throw wrong('--source and --file are needed.');
  if (key === undefined) throw wrong('A key is needed: --key, or CHORUS_IMPORT_KEY.');
  const format = /\.(csv|ndjson|jsonl)$/i.exec(file)?.[1]?.toLowerCase();
  if (!format) throw wrong('The file must end in .csv, .ndjson or .jsonl.');
  await access(file).catch(() => {
    throw wrong(`There is no file ${file}.`);
  });
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw wrong('--url must be an http(s) address.');
  const batch = Number(given.batch ?? DEFAULT_BATCH);
  if (!Number.isInteger(batch) || batch < 1 || batch > 100_000)
    throw wrong('--batch must be from 1 to 100000.');
  return {
    source,
    file,
    key,
    batch,
    url: url.replace(/\/+$/, ''),
    format: format === 'csv' ? 'csv' : 'ndjson',
    partial: given.partial ?? false,
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        source: { type: 'string' },
        file: { type: 'string' },
        url: { type: 'string' },
        key: { type: 'string' },
        batch: { type: 'string' },
        partial: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw wrong(`${error instanceof Error ? error.message : String(error)}.`);
  }
}

interface Demo {
  readonly baseUrl?: string;
  readonly sourceImport?: { readonly apiKey?: string };
}

async function demoCredentials(dataDir: string): Promise<Demo | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')) as Demo;
  } catch {
    return undefined;
  }
}

function wrong(message: string): StartupError {
  return new StartupError(`${message} ${USAGE}`);
}
