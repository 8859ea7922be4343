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

/** Where a push tells how it goes. */
export interface Screen {
  show(totals: Totals): void;
  say(message: string): void;
}

/** A batch on its way. */
interface Known {
  readonly rows: number;
  /** True: an earlier run brought it, so that its rows were there before this one. */
  readonly before: boolean;
  progress?: Progress;
}

/**
 * Pushes a file and waits until all of it has become feedback. It may be stopped at any moment: the next run cuts the
 * same batches, and what has arrived is not taken twice.
 */
export async function pushFile(options: ImportArguments, screen: Screen): Promise<Totals> {
  const client = new ImportClient(options, (message) => screen.say(message));
  const known = new Map<string, Known>();
  const open = () => [...known].filter(([, { progress }]) => !progress?.finishedAt);
  const look = async () => {
    for (const [location, import_] of open()) import_.progress = await client.progress(location);
    screen.show(sum([...known.values()]));
  };
  for await (const batch of batches(numberRows(readRows(options.file, options.format)), options.batch)) {
    while (open().length >= AHEAD) {
      await look();
      if (open().length >= AHEAD) await pause(LOOK_MS);
    }
    const { location, before } = await client.send(batch);
    known.set(location, { rows: batch.rows, before });
    await look();
  }
  while (open().length > 0) {
    await pause(LOOK_MS);
    await look();
  }
  return sum([...known.values()]);
}

function sum(batches: readonly Known[]): Totals {
  const of = (count: (batch: Known, progress: Progress) => number) =>
    batches.reduce((total, batch) => total + (batch.progress ? count(batch, batch.progress) : 0), 0);
  return {
    sent: batches.reduce((total, { rows }) => total + rows, 0),
    imported: of(({ before }, { imported }) => (before ? 0 : imported)),
    duplicates: of(({ before }, { imported, duplicates }) => duplicates + (before ? imported : 0)),
    rejected: of((_, { rejected }) => rejected),
    masked: of((_, { masked }) => masked),
    failures: batches.flatMap(({ progress }) =>
      progress?.state === 'failed' ? [progress.error ?? 'An import failed.'] : [],
    ),
  };
}
