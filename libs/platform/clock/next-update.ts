/** When a row was changed: now, but always later than before, so that a version can be told by it. */
export function nextUpdate(now: Date, previous: Date): Date {
  return new Date(Math.max(now.getTime(), previous.getTime() + 1));
}
