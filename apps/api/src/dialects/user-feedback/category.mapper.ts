import type { Category } from '#libs/categories/category.entity.js';
import type { CategoryParameters, CategoryView } from './dto/category.dto.js';

const DIRECTIONS = { ASC: 'asc', DESC: 'desc' } as const;

/** An empty name asks for nothing. */
export function toCategoryQuery({ categoryName, 'sort[name]': sort }: CategoryParameters): {
  readonly name?: string | undefined;
  readonly sort?: 'asc' | 'desc' | undefined;
} {
  return { name: categoryName || undefined, sort: sort && DIRECTIONS[sort] };
}

export function toCategoryView({ id, name, createdAt, updatedAt }: Category): CategoryView {
  return { id, name, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
