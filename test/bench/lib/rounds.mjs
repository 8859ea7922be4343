import { databaseCpu, memoryOf, processCpu } from './database.mjs';
import { load } from './load.mjs';

/**
 * Runs every subject in turn, round after round, and answers the medians of each.
 * A subject: { name, server: { pid }, request, prepare?, check? }; `check` sees the load's result after each round.
 */
export async function inTurns(subjects, database, settings) {
  const results = new Map(subjects.map(({ name }) => [name, []]));
  for (const { request, prepare } of subjects) {
    await prepare?.();
    await load(request, { ...settings, seconds: 3 });
  }
  for (let round = 1; round <= settings.rounds; round++) {
    for (const { name, server, request, prepare, check } of subjects) {
      await prepare?.();
      const [node, postgres] = [await processCpu(server.pid), await databaseCpu(database.postmaster)];
      const started = performance.now();
      const result = await load(request, settings);
      const elapsed = (performance.now() - started) / 1000;
      const measured = {
        ...result,
        node: ((await processCpu(server.pid)) - node) / elapsed,
        postgres: ((await databaseCpu(database.postmaster)) - postgres) / elapsed,
        memory: (await memoryOf(server.pid)).peak,
      };
      if (result.failed > 0) throw new Error(`${name}: ${result.failed} requests failed.`);
      await check?.(result);
      results.get(name).push(measured);
      console.log(
        `  round ${round}  ${name.padEnd(30)} ${result.rate.toFixed(0).padStart(7)}/s  p99 ${result.p99.toFixed(1)} ms`,
      );
    }
  }
  return subjects.map(({ name }) => ({ name, ...summarise(results.get(name)) }));
}

function summarise(rounds) {
  const of = (member) => median(rounds.map((round) => round[member]));
  const rates = rounds.map(({ rate }) => rate);
  return {
    rate: of('rate'),
    spread: (Math.max(...rates) - Math.min(...rates)) / of('rate'),
    p50: of('p50'),
    p95: of('p95'),
    p99: of('p99'),
    node: of('node'),
    postgres: of('postgres'),
    memory: Math.max(...rounds.map(({ memory }) => memory)),
  };
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
