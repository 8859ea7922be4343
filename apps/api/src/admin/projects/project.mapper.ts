import type { Project } from '#libs/projects/project.entity.js';
import { toTimes } from '../admin.mapper.js';
import type { ProjectView } from './project.dto.js';

export function toProjectView(project: Project): ProjectView {
  const { id, name, description, timeZone, archivedAt } = project;
  return { id, name, description, timeZone, archived: archivedAt !== null, ...toTimes(project) };
}
