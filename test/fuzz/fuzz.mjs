/**
 * Sends requests of any shape to a server and holds its answers against what must always be true: no 5xx, a request
 * id on every answer, errors in the shape of their dialect, memory that stays bounded.
 *
 *   node test/fuzz/fuzz.mjs [--seconds 60] [--requests N] [--seed N] [--connections 8] [--max-rss 600]
 *                           [--url http://127.0.0.1:3000 --credentials .chorus/credentials.json]
 *
 * Without --url it starts what stands in dist/ on a database of its own. The same seed sends the same kinds of requests;
 * what they refer to depends on what was answered.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readOperations } from './lib/api.mjs';
import { frame } from './lib/framing.mjs';
import { judge } from './lib/judge.mjs';
import { Random } from './lib/random.mjs';
import { makeRequest } from './lib/requests.mjs';
import { startServer } from './lib/server.mjs';
import { exchange } from './lib/wire.mjs';
import { World } from './lib/world.mjs';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    requests: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    connections: { type: 'string', default: '8' },
    'max-rss': { type: 'string', default: '600' },
    url: { type: 'string' },
    credentials: { type: 'string' },
  },
});
const SHOWN_FAILURES = 20;
const REFRESH_MS = 5_000;

const server = options.url
  ? {
      url: options.url.replace(/\/$/, ''),
      credentials: JSON.parse(await readFile(options.credentials, 'utf8')),
      failures: [],
      stop: async () => 0,
    }
  : await startServer();
const { hostname, port } = new URL(server.url);
if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
  throw new Error('Only servers of this machine are fuzzed.');

const world = new World(server.url, server.credentials);
const operations = await readOperations(server.url);
await world.prepare();

const statuses = {};
/** What is wrong, with the first request that showed it. */
const failures = new Map();
let sent = 0;
const until = Date.now() + Number(options.seconds) * 1000;
const atMost = Number(options.requests);
const rss = [await world.rss()];
console.log(`seed ${options.seed}, ${operations.length} operations, ${server.url}`);

const refreshing = setInterval(() => {
  void world.refresh().catch(() => undefined);
  void world
    .rss()
    .then((mb) => rss.push(mb))
    .catch(() => undefined);
}, REFRESH_MS);
await Promise.all(
  Array.from({ length: Number(options.connections) }, (_, index) =>
    work(Number(options.seed) * 1_000 + index),
  ),
);
clearInterval(refreshing);

const alive = await fetch(`${server.url}/health/ready`).then(
  ({ status }) => status,
  (error) => error.message,
);
if (alive !== 200) note(`the server is not ready afterwards: ${alive}`, '');
rss.push(await world.rss().catch(() => NaN));
const code = await server.stop();
if (code !== 0) note(`the server ended with ${code}`, '');
for (const line of server.failures) note(`logged: ${line.slice(0, 1_000)}`, '');
const peak = Math.max(...rss.filter(Number.isFinite));
if (peak > Number(options['max-rss'])) note(`memory grew to ${peak} MB`, '');

for (const [problem, { count, example }] of [...failures].slice(0, SHOWN_FAILURES)) {
  console.log(`\n${count} x ${problem}\n  ${example}`);
}
if (failures.size > SHOWN_FAILURES) console.log(`... and ${failures.size - SHOWN_FAILURES} other kinds`);
console.log(`memory: ${rss[0]} MB at first, ${peak} MB at most, ${rss.at(-1)} MB in the end`);
const fives = Object.entries(statuses).reduce(
  (sum, [status, count]) => sum + (Number(status) >= 500 ? count : 0),
  0,
);
console.log(
  `requests ${sent}, statuses ${JSON.stringify(statuses)}, 5xx ${fives}, failures ${failures.size}`,
);
process.exitCode = failures.size > 0 ? 1 : 0;

async function work(seed) {
  const random = new Random(seed);
  while (Date.now() < until && sent < atMost) {
    sent++;
    const request = makeRequest(random, operations, world);
    const { pieces, methods, after, lenient, target = request.target } = frame(random, request);
    const { answers, problem } = await exchange(port, pieces, methods, after);
    const path = target.split(/[?#\s]/, 1)[0];
    const example = () => JSON.stringify(Buffer.concat(pieces).toString('latin1')).slice(0, 3_000);
    if (problem && !(lenient && problem !== 'no answer in time'))
      note(`${problem} (${request.method})`, example());
    for (const answer of answers) {
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const wrong = judge(answer, path);
      if (wrong) note(wrong, example());
      else if (answer.status < 300) world.learn(answer.body);
    }
  }
}

function note(problem, example) {
  const kind = problem.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>');
  const known = failures.get(kind);
  if (known) known.count++;
  else failures.set(kind, { count: 1, example });
}
