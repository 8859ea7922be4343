import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import type { Project } from '#libs/projects/project.entity.js';
import type { FieldView, ProjectView } from './dto/project.dto.js';
import { toTimeZoneView } from './time-zone.mapper.js';

export function toProjectView(project: Project): ProjectView {
  return {
    id: project.id,
    name: project.name,
    description: project.description,
    timezone: toTimeZoneView(project.timeZone),
    createdAt: project.createdAt.toISOString(),
    updatedAt: project.updatedAt.toISOString(),
  };
}

/** Active fields, oldest first; those that every channel has are as old as the channel. */
export function toFieldViews({ automatic, fields }: ChannelSchema): FieldView[] {
  const own = [...fields].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return [...automatic, ...own]
    .filter(({ active }) => active)
    .map(({ id, key, name, format }) => ({ id, key, name, format, status: 'ACTIVE' }));
}
