import type { Page } from '#libs/platform/paging/page.js';

export function toPageView<T, V>(
  page: Page<T>,
  view: (item: T) => V,
): { items: V[]; nextCursor: string | null } {
  return { items: page.items.map(view), nextCursor: page.next };
}

/** When something was made, and last changed. */
export function toTimes({ createdAt, updatedAt }: { createdAt: Date; updatedAt: Date }): {
  createdAt: string;
  updatedAt: string;
} {
  return { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
