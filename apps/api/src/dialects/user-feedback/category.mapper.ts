import type { Category } from '#libs/categories/category.entity.js';
import { refused } from './refuse.js';
import { readDirection } from './search/read-sort.js';
import type { CategoryParameters, CategoryView } from './dto/category.dto.js';

/** An empty name asks for nothing. @throws DomainError invalid */
export function toCategoryQuery(query: CategoryParameters): {
  readonly name?: string | undefined;
  readonly sort?: 'asc' | 'desc' | undefined;
} {
  const { categoryName, sort, 'sort[name]': direction } = query;
  // Without the name of a column it says nothing.
  if (sort !== undefined) throw refused('invalid sort method');
  return {
    name: categoryName || undefined,
    sort: direction === undefined ? undefined : readDirection(direction),
  };
}

export function toCategoryView({ id, name, createdAt, updatedAt }: Category): CategoryView {
  return { id, name, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
