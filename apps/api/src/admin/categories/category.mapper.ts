import type { Category } from '#libs/categories/category.entity.js';
import { toTimes } from '../admin.mapper.js';
import type { CategoryView } from './category.dto.js';

export function toCategoryView(category: Category): CategoryView {
  const { id, projectId, name } = category;
  return { id, projectId, name, ...toTimes(category) };
}
