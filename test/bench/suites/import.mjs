import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { memoryOf, startDatabase } from '../lib/database.mjs';
import { load } from '../lib/load.mjs';
import { median } from '../lib/rounds.mjs';
import { HEAP_FLAGS, startServer } from '../lib/server.mjs';

/** Rows of one push. */
const ROWS = Number(process.env.BENCH_IMPORT_ROWS ?? 100_000);
const WORDS =
  'the new interface is much more intuitive but search takes long on my phone and export to pdf fails'.split(
    ' ',
  );

const CREATE = JSON.stringify({
  description: 'The new interface is much more intuitive.',
  submittedByEmail: 'user@example.com',
  sentimentRating: true,
  contactConsent: true,
});

/** Pushing rows through source-import, beside PostgreSQL's own COPY of the same rows in the same run. */
export async function imports(settings) {
  const database = await startDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'chorus-bench-data-'));
  let chorus;
  try {
    chorus = await startServer(
      'dist/apps/api/src/main.js',
      {
        DATABASE_URL: database.url,
        NODE_ENV: 'development',
        CHORUS_DEMO: 'true',
        CHORUS_DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
      },
      '/health/ready',
      HEAP_FLAGS,
    );
    const credentials = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'));
    const bench = new ImportBench(database, chorus, credentials);
    await bench.prepare();
    return await bench.run(settings);
  } finally {
    await chorus?.stop();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

class ImportBench {
  constructor(database, chorus, { sourceImport, insiderConnect }) {
    this.database = database;
    this.chorus = chorus;
    this.source = sourceImport;
    this.client = insiderConnect;
  }

  async prepare() {
    await this.database.query('create table plain_reference (said_at timestamptz, name text, content text)');
    await this.database.query('create table indexed_reference (like feedback including all)');
    this.copier = new pg.Client({ connectionString: this.database.url });
    await this.copier.connect();
  }

  async run({ rounds, seconds, connections }) {
    const measured = [];
    try {
      // The first push of a process is slow for reasons of its own.
      await this.push('ndjson', rowsOf('warm', Math.min(ROWS, 5_000)));
      for (let round = 1; round <= rounds; round++) {
        await this.empty();
        measured.push(await this.round(round));
        console.log(`  round ${round}  ${JSON.stringify(rounded(measured.at(-1)))}`);
      }
      const ingest = await this.beside({ seconds, connections });
      return report(measured, ingest);
    } finally {
      await this.copier.end();
    }
  }

  /** Each turn starts on a clean slate. */
  async empty() {
    const tables = 'feedback, event, import_block, import_row, plain_reference, indexed_reference';
    await this.database.query(`truncate ${tables} cascade`);
    await this.database.query('checkpoint');
  }

  async round(round) {
    const rows = rowsOf(`round ${round}`, ROWS);
    const plain = await this.copyPlain(rows);
    const indexed = await this.copyIndexed(rows);
    await this.empty();
    const before = (await memoryOf(this.chorus.pid)).now;
    const watch = watchMemory(this.chorus.pid);
    const ndjson = await this.push('ndjson', rows);
    await this.empty();
    const json = await this.push('json', rows);
    const memory = (await watch.stop()) - before;
    const [{ count }] = (await this.database.query('select count(*)::int as count from feedback')).rows;
    if (count !== ROWS) throw new Error(`${count} rows are there, not ${ROWS}.`);
    return {
      plain,
      indexed,
      ndjson: ndjson.acknowledged,
      json: json.acknowledged,
      done: ndjson.done,
      memory,
    };
  }

  copyPlain(rows) {
    const lines = rows.map((row) => `${row.date}+00\t${row.name}\t${row.content}\n`);
    return this.copy('plain_reference (said_at, name, content)', lines);
  }

  copyIndexed(rows) {
    const { projectId, channelId } = this.source;
    const lines = rows.map(
      ({ date, name, content }, id) =>
        `${projectId}\t${id}\t${channelId}\tsource-import\t{"content": "${content}"}\t${content}\t${name}\t${date}+00\t${date}+00\t${date}+00\n`,
    );
    const columns =
      'project_id, id, channel_id, dialect, fields, search_text, author_name, submitted_at, created_at, updated_at';
    return this.copy(`indexed_reference (${columns})`, lines);
  }

  /** Milliseconds of a durable COPY. */
  async copy(target, lines) {
    const pieces = [];
    for (let at = 0; at < lines.length; at += 500) pieces.push(lines.slice(at, at + 500).join(''));
    const started = performance.now();
    const stream = this.copier.query(copyFrom(`copy ${target} from stdin`));
    await pipeline(Readable.from(pieces), stream);
    return performance.now() - started;
  }

  /** Milliseconds until the rows are acknowledged, and until they are feedback. */
  async push(kind, rows) {
    const { sourceId, apiKey } = this.source;
    const json = kind === 'json';
    const body = json
      ? JSON.stringify({ source_id: sourceId, payload: rows })
      : rows.map((row) => JSON.stringify(row)).join('\n');
    const headers = {
      'X-API-KEY': apiKey,
      'Content-Type': json ? 'application/json' : 'application/x-ndjson',
    };
    const path = `/api/v1/source/import${json ? '' : `?source_id=${sourceId}`}`;
    const started = performance.now();
    const answer = await fetch(this.chorus.url + path, { method: 'POST', headers, body });
    if (answer.status !== 200)
      throw new Error(`The push was answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
    const acknowledged = performance.now() - started;
    for (;;) {
      const progress = await (
        await fetch(this.chorus.url + answer.headers.get('location'), { headers: { 'X-API-KEY': apiKey } })
      ).json();
      if (progress.finishedAt) {
        if (progress.state !== 'completed') throw new Error(`The import ended as ${progress.state}.`);
        return { acknowledged, done: performance.now() - started };
      }
      await new Promise((next) => setTimeout(next, 20));
    }
  }

  /** Creates through insider-connect: alone, and while imports run one after the other. */
  async beside({ seconds, connections }) {
    const request = await this.createRequest();
    await load(request, { seconds: 2, connections });
    await this.empty();
    const alone = await load(request, { seconds, connections });
    await this.empty();
    let going = true;
    const pushing = (async () => {
      for (let n = 0; going; n++) await this.push('ndjson', rowsOf(`beside ${n}`, ROWS));
    })();
    const beside = await load(request, { seconds, connections });
    going = false;
    await pushing;
    if (alone.failed + beside.failed > 0) throw new Error('Creates failed.');
    return { alone, beside };
  }

  async createRequest() {
    const { clientId, clientSecret } = this.client;
    const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const answer = await fetch(`${this.chorus.url}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams(grant),
    });
    const { access_token: token } = await answer.json();
    return {
      url: `${this.chorus.url}/api/client/feedbacks`,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: CREATE,
    };
  }
}

/** Rows that all differ, with text that the search index has to take apart. */
function rowsOf(tag, count) {
  return Array.from({ length: count }, (_, n) => {
    const word = (shift) => WORDS[(n * 7 + shift * 5) % WORDS.length];
    return {
      date: `2024-${two(1 + (n % 12))}-${two(1 + (n % 28))} ${two(n % 24)}:${two(n % 60)}:00`,
      name: `User ${n % 5_000}`,
      content: `${tag}, ${n}: ${Array.from({ length: 12 }, (_, shift) => word(shift)).join(' ')}.`,
    };
  });
}

function two(number) {
  return String(number).padStart(2, '0');
}

/** Resident megabytes at their highest, from now until `stop`. */
function watchMemory(pid) {
  let highest = 0;
  const look = async () => {
    highest = Math.max(highest, (await memoryOf(pid)).now);
  };
  const timer = setInterval(() => void look(), 50);
  return {
    stop: async () => {
      clearInterval(timer);
      await look();
      return highest;
    },
  };
}

function report(measured, { alone, beside }) {
  const of = (member) => median(measured.map((round) => round[member]));
  const perSecond = (member) => Math.round((ROWS / of(member)) * 1_000);
  const subject = (name, member) => [name, Math.round(of(member)), perSecond(member)];
  return {
    intro: `${ROWS} rows in one push. The references are COPY, durable, of the same rows: into a table without indexes, and into one with the indexes of feedback. Creates come through insider-connect: alone ${Math.round(alone.rate)}/s, p99 ${alone.p99.toFixed(1)} ms; while imports run ${Math.round(beside.rate)}/s, p99 ${beside.p99.toFixed(1)} ms. Resident memory of the process grew by ${Math.round(Math.max(...measured.map(({ memory }) => memory)))} MB.`,
    table: {
      head: ['subject', 'ms', 'rows/s'],
      rows: [
        subject('COPY, no index', 'plain'),
        subject('COPY, indexes of feedback', 'indexed'),
        subject('NDJSON, acknowledged', 'ndjson'),
        subject('JSON, acknowledged', 'json'),
        subject('NDJSON, completed', 'done'),
      ],
    },
    ratios: [
      { text: 'NDJSON acknowledged / COPY without index (target 0.5)', value: of('plain') / of('ndjson') },
      { text: 'JSON acknowledged / COPY without index (target 0.25)', value: of('plain') / of('json') },
      { text: 'completed / COPY with the indexes (target 0.5)', value: of('indexed') / of('done') },
      { text: 'creates while imports run / alone (target 0.6)', value: beside.rate / alone.rate },
    ],
  };
}

function rounded(values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Math.round(value)]));
}
