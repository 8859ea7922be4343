import { StartupError } from '#libs/platform/errors/startup-error.js';
import { readArguments } from './arguments.js';
import { ProgressBar } from './progress-bar.js';
import { pushFile } from './push-file.js';

/** `npm run import`: pushes a file of rows into a source. */
try {
  const bar = new ProgressBar(process.stderr);
  const totals = await pushFile(await readArguments(process.env), bar);
  bar.end();
  const { sent, imported, duplicates, rejected, masked, failures } = totals;
  process.stdout.write(
    `Sent ${sent} rows: ${imported} imported, ${duplicates} there before, ${rejected} rejected; ${masked} pieces of personal data masked.\n`,
  );
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  process.exitCode = failures.length > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
