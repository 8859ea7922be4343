/** Deltas that one fold takes; more wait for the next one. */
export const FOLD = 50_000;

/** Held by whoever folds, and by the database when a project's days change (see the migrations of the counts). */
export const FOLD_LOCK = 4_207_849_313;
