/**
 * Every task, in one place. A task is one or more steps; a step is the arguments of the pinned Node, and what was
 * typed after the task's name is added to the last one (`argument` turns the first word into something else).
 *
 * - `build`: true builds when stale, 'from scratch' always.
 * - `stays`: runs until it is stopped, on a channel that tells it when we are gone.
 * - `all`: runs every step even when one fails, and sums up.
 * - `env`: variables to add; what is set already stays, and NODE_OPTIONS are appended to it.
 */
/**
 * How a server keeps its memory. A smaller young generation: two thirds of the memory under load for a few hundredths of
 * the throughput. And an old one that may double before it is collected: else, as it holds little more than the program,
 * there is less room in it than in the young one, which V8 takes for a reason to collect it all the time.
 */
export const HEAP_FLAGS = ['--max-semi-space-size=16', '--heap-growing-percent=100'];
/**
 * Where the C library is glibc: memory that is large, as the 19 MB of a password's hash, goes back to the system once
 * it is free. Else glibc learns from the first hash to keep all of it, and as much again, for each thread.
 */
export const MALLOC_ENV = { MALLOC_MMAP_THRESHOLD_: '4194304' };
const typeorm = (command) => ['node_modules/typeorm/cli.js', command];
const onDatabase = (command) => [...typeorm(command), '-d', 'dist/ormconfig.js'];
const DEPENDENCY_RULES = ['--config', '.dependency-cruiser.cjs', 'apps', 'libs'];
const tool = (name, path, ...args) => ({ name, node: [`node_modules/${path}`, ...args] });

export const TASKS = {
  start: {
    summary: 'the server and its jobs, on an embedded PostgreSQL unless DATABASE_URL is set',
    build: true,
    stays: true,
    env: MALLOC_ENV,
    steps: [{ node: [...HEAP_FLAGS, 'dist/apps/api/src/main.js'] }],
  },
  worker: {
    summary: 'the jobs alone',
    build: true,
    stays: true,
    env: MALLOC_ENV,
    steps: [{ node: [...HEAP_FLAGS, 'dist/apps/worker/src/main.js'] }],
  },
  build: {
    summary: 'compile into dist/, from scratch',
    build: 'from scratch',
    steps: [],
  },
  test: {
    summary: 'all tests, or those whose path matches an argument',
    build: true,
    env: { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
    steps: [{ node: ['node_modules/jest/bin/jest.js'] }],
  },
  bench: {
    summary: 'measure, and write docs/benchmarks.md: npm run bench -- ingest --rounds 5',
    build: true,
    steps: [{ node: ['test/bench/run.mjs'] }],
  },
  'test:faults': {
    summary: 'kill and cut what the server stands on, and count what was lost',
    build: true,
    steps: [{ node: ['test/faults/run.mjs'] }],
  },
  check: {
    summary: 'formatting, linters, architecture and types',
    all: true,
    steps: [
      tool('prettier', 'prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
      tool('oxlint', 'oxlint/bin/oxlint'),
      tool('eslint', 'eslint/bin/eslint.js', '.'),
      tool('dependency-cruiser', 'dependency-cruiser/bin/dependency-cruiser.mjs', ...DEPENDENCY_RULES),
      tool('types', 'typescript/bin/tsc', '--noEmit', '-p', 'test/tsconfig.json'),
    ],
  },
  format: {
    summary: 'rewrite every file as prettier wants it',
    steps: [tool('prettier', 'prettier/bin/prettier.cjs', '--write', '--log-level=warn', '.')],
  },
  'migration:run': {
    summary: 'apply the migrations that the database lacks',
    build: true,
    steps: [{ node: onDatabase('migration:run') }],
  },
  'migration:revert': {
    summary: 'undo the latest migration',
    build: true,
    steps: [{ node: onDatabase('migration:revert') }],
  },
  'migration:show': {
    summary: 'list migrations and which are applied',
    build: true,
    steps: [{ node: onDatabase('migration:show') }],
  },
  'migration:create': {
    summary: 'an empty migration: npm run migration:create -- add-something',
    steps: [
      { node: typeorm('migration:create'), argument: (name) => `libs/platform/database/migrations/${name}` },
    ],
  },
  provision: {
    summary: 'the first operator, account and credentials of an empty database',
    build: true,
    steps: [{ node: ['dist/apps/api/src/provision.js'] }],
  },
  configuration: {
    summary: 'write docs/configuration.md',
    steps: [{ node: ['scripts/configuration.mjs'] }],
  },
  import: {
    summary: 'push a file into a source: npm run import -- --source ID --file rows.csv',
    build: true,
    steps: [{ node: ['dist/apps/import/src/main.js'] }],
  },
  openapi: {
    summary: 'write docs/openapi',
    build: true,
    steps: [{ node: ['dist/apps/api/src/openapi.js'] }],
  },
};
