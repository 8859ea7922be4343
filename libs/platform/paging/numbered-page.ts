/** Which page of a list that is read by page numbers. */
export interface PageNumber {
  /** Items of one page, 1..1000. */
  readonly limit: number;
  /** From 1 on; behind the last page there is nothing. */
  readonly page: number;
}

/** One page, and how many items there are on all pages together. */
export interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** How many items lie before the page. */
export function offsetOf({ page, limit }: PageNumber): number {
  return (page - 1) * limit;
}
