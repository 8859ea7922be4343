/**
 * What every npm script calls: `node scripts/run.mjs <task> [arguments]`.
 *
 * It makes a fresh clone ready (dependencies, then build), picks the pinned Node and runs the task on it. It runs
 * before anything is installed and on any Node >= 20, so it and all of `scripts/lib` import nothing but Node itself.
 */
import { ensureBuilt } from './lib/build.mjs';
import { Interrupted } from './lib/child.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { childEnvironment, findNode } from './lib/node-binary.mjs';
import { root } from './lib/root.mjs';
import { StopError } from './lib/stop-error.mjs';
import { runTask } from './lib/run-task.mjs';
import { TASKS } from './lib/tasks.mjs';
import { bold, error, print, red } from './lib/terminal.mjs';

const OLDEST_NODE = 20;

async function main([name, ...args]) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new StopError(
      `Chorus needs Node ${OLDEST_NODE} or newer to start and this is ${process.version}: install Node 24.`,
    );
  }
  const task = Object.hasOwn(TASKS, name ?? '') ? TASKS[name] : undefined;
  if (!task) {
    printTasks();
    throw new StopError(name ? `There is no task named "${name}".` : 'Name a task.');
  }
  process.chdir(root);
  await ensureInstalled();
  const node = findNode();
  const env = childEnvironment(node);
  if (task.build) await ensureBuilt({ node, env, fromScratch: task.build === 'from scratch' });
  return await runTask(task, args, { node, env });
}

function printTasks() {
  const width = Math.max(...Object.keys(TASKS).map((name) => name.length));
  print(bold('Tasks:'));
  for (const [name, task] of Object.entries(TASKS)) print(`  ${name.padEnd(width)}  ${task.summary}`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (cause) {
  if (cause instanceof Interrupted) {
    // Dying of the same signal tells the shell and npm the truth about how we ended.
    process.kill(process.pid, cause.signal);
    process.exitCode = 1;
  } else if (cause instanceof StopError) {
    error(red(cause.message));
    process.exitCode = 1;
  } else {
    throw cause;
  }
}
