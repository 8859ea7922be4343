/** What one row, or one value beside the rows, may take: memory must not grow with it. */
export const MAX_ROW_BYTES = 1024 * 1024;
