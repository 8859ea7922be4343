import type { Job } from '#libs/platform/jobs/job-queue.js';
import type { ImportRef } from './imports.store.js';

/** What the queue tells a worker. */
export type ImportJobData = ImportRef;

/**
 * The job that moves an import's blocks. A worker that is killed does not count as a try: the runner counts what
 * fails, so the queue may try as often as it likes.
 */
export const IMPORT_JOB = {
  name: 'import-blocks',
  queue: { retryLimit: 1_000, retryDelay: 1, expireInSeconds: 6 * 3_600, heartbeatSeconds: 10, notify: true },
} as const satisfies Pick<Job, 'name' | 'queue'>;

/** What versions before blocks called it: their workers must not be given blocks, but what they were sent is ours, too. */
export const EARLIER_IMPORT_JOB = 'import-rows';
