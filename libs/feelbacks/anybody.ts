import type { Actor } from '#libs/events/event-log.js';

/** Whoever gives a feelback is not known by name. */
export const ANYBODY: Actor = { kind: 'anonymous', id: null };
