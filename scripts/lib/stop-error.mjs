/** A reason to stop that a person can act on: its one sentence is printed without a stack. */
export class StopError extends Error {}
