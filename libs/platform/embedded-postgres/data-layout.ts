import { join } from 'node:path';

/** Where things lie. What the operator's user writes is in the data directory itself, what PostgreSQL writes in its
 * home, which is usually below it. */
export const passwordFile = (dataDir: string): string => join(dataDir, 'password');
/** Holds the path of the home when that is elsewhere. */
export const pointerFile = (dataDir: string): string => join(dataDir, 'location');
export const defaultHome = (dataDir: string): string => join(dataDir, 'server');

export const CLUSTER = 'data';
export const LOG = 'postgresql.log';
export const cluster = (home: string): string => join(home, CLUSTER);
export const logFile = (home: string): string => join(home, LOG);
