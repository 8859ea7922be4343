import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { generator } from './load.mjs';
import { root } from './server.mjs';

const FILE = join(root, 'docs/benchmarks.md');
const HEAD = `# Benchmarks

Made by \`npm run bench\`; each suite's section is its last run. Subjects take turns in the same run, on one machine that
also carries the load generator and PostgreSQL: read the ratios, not the figures. CPU is in cores, memory is the most
that the process ever had resident, latencies are in milliseconds, spread is (max - min) / median of the rounds.
`;

/** Prints a suite's results and puts them into docs/benchmarks.md. Without a table, `rows` are the rounds of subjects. */
export async function writeReport(name, settings, { intro, rows, table, ratios }) {
  const machine = `${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}`;
  const load = `; ${generator}, ${settings.connections} connections, ${settings.rounds} rounds of ${settings.seconds} s`;
  const { head, rows: lines } = table ?? ofRounds(rows);
  const section = [
    `## ${name}`,
    '',
    intro,
    '',
    `${new Date().toISOString().slice(0, 10)}; ${machine}; Node ${process.version}${table ? '' : load}.`,
    '',
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...ratios.map(({ text, value }) => `- ${text}: **${value.toFixed(2)}**`),
    '',
  ].join('\n');
  console.log(`\n${section}`);
  await writeFile(FILE, merge(await readFile(FILE, 'utf8').catch(() => HEAD), name, section));
}

function ofRounds(rows) {
  return {
    head: ['subject', 'requests/s', 'spread', 'p50', 'p95', 'p99', 'CPU Node', 'CPU PostgreSQL', 'memory'],
    rows: rows.map((row) => [
      row.name,
      Math.round(row.rate),
      `${(row.spread * 100).toFixed(0)} %`,
      ...[row.p50, row.p95, row.p99].map((value) => value.toFixed(1)),
      ...[row.node, row.postgres].map((value) => value.toFixed(2)),
      `${row.memory} MB`,
    ]),
  };
}

function merge(text, name, section) {
  const sections = text.split(/^(?=## )/m);
  const index = sections.findIndex((one) => one.startsWith(`## ${name}\n`));
  if (index < 0) return `${text.trimEnd()}\n\n${section}`;
  sections[index] = index < sections.length - 1 ? `${section}\n` : section;
  return sections.join('');
}
