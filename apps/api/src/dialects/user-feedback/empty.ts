/** Of answers that say by their status alone that all is well. */
export const EMPTY = 'Done. The body is empty.';
