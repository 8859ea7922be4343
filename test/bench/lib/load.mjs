import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './server.mjs';

/** wrk costs the machine least; where it is missing, autocannon stands in for all subjects alike. */
export const generator = spawnSync('wrk', ['-v']).error ? 'autocannon' : 'wrk';

/**
 * Sends the same request over and over, and answers requests per second, latencies in milliseconds and how many
 * answers were not 2xx. A request with `vary: { marker, count }` has the marker in its body replaced by a number below
 * the count, of as many digits, a new one each time.
 */
export function load(request, { seconds, connections }) {
  return generator === 'wrk' ? wrk(request, seconds, connections) : autocannon(request, seconds, connections);
}

async function wrk({ url, method = 'GET', headers = {}, body, vary }, seconds, connections) {
  const directory = await mkdtemp(join(tmpdir(), 'chorus-wrk-'));
  try {
    const script = join(directory, 'request.lua');
    const lines = [
      `wrk.method = ${JSON.stringify(method)}`,
      ...Object.entries(headers).map(
        ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`,
      ),
      ...(body === undefined ? [] : [`wrk.body = [==[${body}]==]`]),
      ...(vary ? [varied(body, vary)] : []),
      `done = function(summary, latency)
        local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
        io.write(string.format('{"requests":%d,"us":%d,"failed":%d,"p50":%d,"p95":%d,"p99":%d}\\n', summary.requests, summary.duration, failed,
          latency:percentile(50), latency:percentile(95), latency:percentile(99)))
      end`,
    ];
    await writeFile(script, lines.join('\n'));
    const output = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}`, '-s', script, url]);
    const { requests, us, failed, p50, p95, p99 } = JSON.parse(/^\{.*\}$/m.exec(output)[0]);
    return { rate: (requests / us) * 1e6, failed, p50: p50 / 1000, p95: p95 / 1000, p99: p99 / 1000 };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Lua that makes the requests one after the other. */
function varied(body, { marker, count }) {
  const [before, after] = body.split(marker);
  return `local n, parts = 0, { [==[${before}]==], [==[${after}]==] }
    request = function()
      n = (n + 7919) % ${count}
      return wrk.format(nil, nil, nil, parts[1] .. string.format('%0${marker.length}d', n) .. parts[2])
    end`;
}

async function autocannon({ url, method = 'GET', headers = {}, body, vary }, seconds, connections) {
  if (vary) throw new Error('Requests that vary need wrk.');
  const output = await run(process.execPath, [
    join(root, 'node_modules/autocannon/autocannon.js'),
    '--json',
    '--no-progress',
    '-c',
    connections,
    '-d',
    seconds,
    '-m',
    method,
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(body === undefined ? [] : ['-b', body]),
    url,
  ]);
  const result = JSON.parse(output);
  const { p50, p97_5: p95, p99 } = result.latency;
  return { rate: result.requests.average, failed: result.non2xx + result.errors, p50, p95, p99 };
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args.map(String), { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command}: ${output}`)),
    );
  });
}
