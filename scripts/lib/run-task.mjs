import { runChild } from './child.mjs';
import { StopError } from './stop-error.mjs';
import { bold, duration, green, print, red } from './terminal.mjs';

/** Runs the steps of a task one after the other and answers the exit code. */
export async function runTask(task, args, { node, env }) {
  const childEnv = { ...task.env, ...env };
  if (task.env?.NODE_OPTIONS) {
    childEnv.NODE_OPTIONS = [env.NODE_OPTIONS, task.env.NODE_OPTIONS].filter(Boolean).join(' ');
  }
  const run = (step, extra) => runChild(node, [...step.node, ...extra], { env: childEnv, ipc: task.stays });
  if (task.all) return await runAll(task.steps, args, run);
  for (const [index, step] of task.steps.entries()) {
    const code = await run(step, index === task.steps.length - 1 ? argumentsFor(step, args) : []);
    if (code !== 0) return code;
  }
  return 0;
}

function argumentsFor(step, [first, ...rest]) {
  if (!step.argument) return first === undefined ? [] : [first, ...rest];
  if (!/^[a-z][a-z0-9-]*$/.test(first ?? '')) {
    throw new StopError('Give one name in lower-case letters, digits and hyphens, after "--".');
  }
  return [step.argument(first), ...rest];
}

/** Arguments name the steps to run: `npm run check -- eslint types`. */
async function runAll(steps, names, run) {
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown) {
    throw new StopError(
      `There is no check named "${unknown}", only ${steps.map(({ name }) => name).join(', ')}.`,
    );
  }
  const failed = [];
  const chosen = steps.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const step of chosen) {
    const began = performance.now();
    print(bold(step.name));
    const code = await run(step, []);
    if (code !== 0) failed.push(step.name);
    print(
      code === 0 ? green(`  passed in ${duration(performance.now() - began)}`) : red(`  failed (${code})`),
    );
  }
  if (failed.length === 0) print(green(`All ${chosen.length} checks passed.`));
  else print(red(`${failed.length} of ${chosen.length} checks failed: ${failed.join(', ')}.`));
  return failed.length === 0 ? 0 : 1;
}
