import { Chorus, pause } from './chorus.mjs';

const ROWS = 100_000;
const KILLS = 10;
/** Counters that may only grow. */
const GROWING = ['imported', 'duplicates', 'rejected'];

/** One import, the worker killed ten times at random while it runs, and PostgreSQL once. */
export async function importKilled() {
  const chorus = await Chorus.start();
  try {
    const id = await push(chorus);
    const watcher = new Watcher(chorus, id);
    watcher.start();
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(100 + Math.random() * 500);
      if (watcher.last?.finishedAt) watcher.problems.add('the import was finished before the last kill');
      if (kill === KILLS / 2) process.kill((await chorus.postmaster()).pid, 'SIGKILL');
      else {
        await chorus.killNode();
        await chorus.spawn();
      }
      await chorus.untilReady();
    }
    const end = await watcher.end();
    return await count(chorus, end, [...watcher.problems]);
  } finally {
    await chorus.stop();
  }
}
importKilled.title = 'the worker killed ten times during one import, and PostgreSQL once';

async function push(chorus) {
  const { sourceId, apiKey } = chorus.source;
  const lines = Array.from({ length: ROWS }, (_, n) =>
    // Every hundredth row says the same as the others of them.
    JSON.stringify({
      date: '2024-03-08 00:29:00',
      name: 'User',
      content: n % 100 === 0 ? 'Twin' : `Row ${n}`,
    }),
  );
  const answer = await fetch(`${chorus.url}/api/v1/source/import?source_id=${sourceId}`, {
    method: 'POST',
    headers: { 'X-API-KEY': apiKey, 'Content-Type': 'application/x-ndjson' },
    body: lines.join('\n'),
  });
  if (answer.status !== 200) throw new Error(`Not accepted: ${answer.status} ${await answer.text()}`);
  return answer.headers.get('x-import-id');
}

/** Reads the progress over and over, and notes what ran backwards. */
class Watcher {
  problems = new Set();
  last = undefined;

  constructor(chorus, id) {
    this.chorus = chorus;
    this.id = id;
  }

  start() {
    this.work = this.watch();
  }

  async watch() {
    const deadline = Date.now() + 180_000;
    while (!this.last?.finishedAt) {
      if (Date.now() > deadline) {
        this.problems.add('the import was not finished within three minutes');
        return;
      }
      const now = await this.read().catch(() => undefined);
      if (now) this.compare(now);
      await pause(25);
    }
  }

  async read() {
    const answer = await fetch(`${this.chorus.url}/api/v1/source/import/${this.id}`, {
      headers: { 'X-API-KEY': this.chorus.source.apiKey },
      signal: AbortSignal.timeout(5_000),
    });
    return answer.status === 200 ? answer.json() : undefined;
  }

  compare(now) {
    for (const counter of GROWING) {
      if (this.last && now[counter] < this.last[counter]) this.problems.add(`${counter} ran backwards`);
    }
    this.last = now;
  }

  async end() {
    await this.work;
    return this.last;
  }
}

async function count(chorus, end, problems) {
  const database = await chorus.connect();
  try {
    const { rows } = await database.query(
      `select count(*)::int as rows, count(distinct search_text)::int as texts,
         count(*) filter (where search_text = 'Twin')::int as twins,
         (select count(*)::int from import_block) as staged,
         (select count(*)::int from event where type = 'import.completed') as events
       from feedback where channel_id = $1`,
      [chorus.source.channelId],
    );
    const { rows: found, texts, twins, staged, events } = rows[0];
    const expectedTexts = ROWS - ROWS / 100 + 1;
    if (end?.state !== 'completed') problems.push(`the import ended as ${end?.state}`);
    if (end?.imported !== ROWS || end?.duplicates !== 0 || end?.rejected !== 0)
      problems.push(`the counters are wrong: ${JSON.stringify(end)}`);
    if (staged > 0) problems.push(`${staged} blocks are left`);
    if (events !== 1) problems.push(`${events} events tell of the import`);
    const lost = Math.max(0, expectedTexts - texts) + Math.max(0, ROWS / 100 - twins);
    return { acknowledged: ROWS, found, lost, doubled: Math.max(0, found - ROWS), retries: KILLS, problems };
  } finally {
    await database.end();
  }
}
