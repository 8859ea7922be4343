import { FirstStore1763800000000 } from './1763800000000-first-store.js';
import { JobQueue1763800000001 } from './1763800000001-job-queue.js';
import { ApiKeys1763800000002 } from './1763800000002-api-keys.js';
import { Imports1763800000006 } from './1763800000006-imports.js';

/** Every migration, oldest first. One that is on main is frozen: a change is a new migration. */
export const migrations = [
  FirstStore1763800000000,
  JobQueue1763800000001,
  ApiKeys1763800000002,
  Imports1763800000006,
];
