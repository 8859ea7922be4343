import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { ProjectChange } from '#libs/projects/projects.service.js';
import type { Project as StoredProject } from '#libs/projects/project.entity.js';
import type { Paged } from './dto/paging.dto.js';
import type { Project, ProjectLookupEntry, ProjectSaveModel } from './dto/project.dto.js';

/** No project has this number. */
const NOBODY = 0;

/** The number that an id stands for; what is no number stands for no project. */
export function projectNumber(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : NOBODY;
}

export function pageOf({ $page, $size }: Paged): PageNumber {
  return { page: Math.max(1, $page), limit: $size };
}

export function toPage<T, V>(page: NumberedPage<T>, view: (item: T) => V): { items: V[]; count: number } {
  return { items: page.items.map((item) => view(item)), count: page.total };
}

export function toProject(project: StoredProject): Project {
  return {
    ...toProjectEntry(project),
    accountId: project.accountId,
    createdAt: project.createdAt.toISOString(),
    updatedAt: project.updatedAt.toISOString(),
    state: project.archivedAt === null ? 'active' : 'archived',
  };
}

export function toProjectEntry({ id, name, description }: StoredProject): ProjectLookupEntry {
  return { id: String(id), name, metadata: { ...(description !== null && { description }) } };
}

export function fromProjectSave({ name, description }: ProjectSaveModel): ProjectChange {
  return { name: name ?? undefined, description };
}
