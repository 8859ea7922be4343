import type { Category } from '#libs/categories/category.entity.js';
import type { CategoryView } from './category.dto.js';

export function toCategoryView({ id, projectId, name, createdAt, updatedAt }: Category): CategoryView {
  return { id, projectId, name, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
