/** One page of a list that is asked for by number, with the number of items on all pages. */
export interface NumberedPage<T> {
  readonly items: readonly T[];
  readonly count: number;
}

export interface NumberedPageRequest {
  /** 1.. */
  readonly page: number;
  /** 1..100 */
  readonly size: number;
}

/** How many items lie before the page. */
export function offsetOf({ page, size }: NumberedPageRequest): number {
  return (page - 1) * size;
}
