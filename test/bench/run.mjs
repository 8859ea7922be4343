/**
 * `npm run bench [-- suite ...] [--seconds 8] [--rounds 3] [--connections 64] [--scale 1] [--sizes 100000,1000000]`
 *
 * Each suite starts its own servers and database, runs its subjects and their references in turns, so that what
 * disturbs the machine disturbs all of them, and prints medians. Figures of two machines do not compare; ratios within
 * one run do. The last run of each suite is kept in docs/benchmarks.md.
 */
import { parseArgs } from 'node:util';
import { writeReport } from './lib/report.mjs';
import { feelback } from './suites/feelback.mjs';
import { imports } from './suites/import.mjs';
import { inbox } from './suites/inbox.mjs';
import { ingest } from './suites/ingest.mjs';
import { scoped } from './suites/scoped.mjs';
import { permissions } from './suites/permissions.mjs';
import { search } from './suites/search.mjs';

const SUITES = { ingest, search, inbox, feelback, import: imports, permissions, scoped };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '64' },
    // Of what is stored before a suite that reads; less than 1 only to try the suite itself.
    scale: { type: 'string', default: '1' },
    sizes: { type: 'string', default: '100000,1000000' },
  },
});
const settings = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  connections: Number(values.connections),
  scale: Number(values.scale),
  sizes: values.sizes.split(',').map(Number),
};
const names = positionals.length > 0 ? positionals : Object.keys(SUITES);

for (const name of names) {
  const suite = SUITES[name];
  if (!suite) throw new Error(`There is no suite "${name}": ${Object.keys(SUITES).join(', ')}.`);
  console.log(`\n${name}`);
  await writeReport(name, settings, await suite(settings));
}
