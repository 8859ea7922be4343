/**
 * `npm run test:faults [-- scenario ...] [--rounds 10 --seconds 3]`
 *
 * Runs the server under load, kills and cuts what it stands on, and counts: every acknowledged feedback must be there
 * (lost 0), once, however often its client had to retry with its idempotency key (doubled 0). The server must come
 * back by itself, and say meanwhile that it is not ready.
 */
import { parseArgs } from 'node:util';
import { votersAndKill } from './votes.mjs';
import { importKilled } from './import-scenario.mjs';
import { connectionsCut, databaseKilled, diskFull, nodeKilled, poolExhausted } from './scenarios.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '10' }, seconds: { type: 'string', default: '2' } },
});
const settings = { rounds: Number(values.rounds), seconds: Number(values.seconds) };

const SCENARIOS = [
  nodeKilled,
  databaseKilled,
  connectionsCut,
  poolExhausted,
  diskFull,
  importKilled,
  votersAndKill,
].filter(({ name }) => positionals.length === 0 || positionals.includes(name));
let failed = 0;
let skipped = 0;
for (const scenario of SCENARIOS) {
  console.log(`\n${scenario.title}`);
  const result = await scenario(settings);
  if (result.skipped) {
    skipped++;
    console.log(`  skipped: ${result.skipped}`);
    continue;
  }
  const { acknowledged, found, lost, doubled, retries, problems } = result;
  console.log(
    `  acknowledged ${acknowledged}, found ${found}, lost ${lost}, doubled ${doubled} (${retries} retries)`,
  );
  for (const problem of problems) console.log(`  ${problem}`);
  if (lost + doubled > 0 || problems.length > 0 || acknowledged === 0) failed++;
}
console.log(`\n${SCENARIOS.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
