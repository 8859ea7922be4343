import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { PageMeta } from './dto/paging.dto.js';

const DEFAULT_LIMIT = 10;

export function readPaging({
  limit,
  page,
}: {
  readonly limit?: number | null;
  readonly page?: number | null;
}): PageNumber {
  return { limit: limit ?? DEFAULT_LIMIT, page: page ?? 1 };
}

export function toPage<T, View>(
  { items, total }: NumberedPage<T>,
  { limit, page }: PageNumber,
  toView: (item: T) => View,
): { meta: PageMeta; items: View[] } {
  return {
    meta: {
      itemCount: items.length,
      totalItems: total,
      itemsPerPage: limit,
      totalPages: Math.ceil(total / limit),
      currentPage: page,
    },
    items: items.map(toView),
  };
}
