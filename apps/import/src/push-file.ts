import { setTimeout as pause } from 'node:timers/promises';
import type { ImportArguments } from './arguments.js';
import { batches } from './batches.js';
import { ImportClient, type Progress } from './import-client.js';
import { numberRows } from './number-rows.js';
import { readRows } from './read-rows.js';

/** Imports that may be on their way before the next batch is sent. */
const AHEAD = 3;
const LOOK_MS = 250;

/** Sums over all batches. */
export interface Totals {
  readonly sent: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly masked: number;
  /** Why imports failed. */
  readonly failures: readonly string[];
}

/**
 * Pushes a file and waits until all of it has become feedback. It may be stopped at any moment: the next run cuts the
 * same batches, and what has arrived is not taken twice.
 */
export async function pushFile(options: ImportArguments, show: (totals: Totals) => void): Promise<Totals> {
  const client = new ImportClient(options);
  const known = new Map<string, { readonly rows: number; progress?: Progress }>();
  const open = () => [...known].filter(([, { progress }]) => !progress?.finishedAt);
  const look = async () => {
    for (const [location, import_] of open()) import_.progress = await client.progress(location);
    show(sum([...known.values()]));
  };
  for await (const batch of batches(numberRows(readRows(options.file, options.format)), options.batch)) {
    while (open().length >= AHEAD) {
      await look();
      if (open().length >= AHEAD) await pause(LOOK_MS);
    }
    known.set(await client.send(batch), { rows: batch.rows });
    await look();
  }
  while (open().length > 0) {
    await pause(LOOK_MS);
    await look();
  }
  return sum([...known.values()]);
}

function sum(imports: readonly { readonly rows: number; readonly progress?: Progress }[]): Totals {
  const of = (member: 'imported' | 'duplicates' | 'rejected' | 'masked') =>
    imports.reduce((total, { progress }) => total + (progress?.[member] ?? 0), 0);
  return {
    sent: imports.reduce((total, { rows }) => total + rows, 0),
    imported: of('imported'),
    duplicates: of('duplicates'),
    rejected: of('rejected'),
    masked: of('masked'),
    failures: imports.flatMap(({ progress }) =>
      progress?.state === 'failed' ? [progress.error ?? 'An import failed.'] : [],
    ),
  };
}
