import type { ContentSet } from '#libs/content-sets/content-set.entity.js';
import type { Content } from '#libs/content-sets/content.entity.js';
import { toTimes } from '../admin.mapper.js';
import type { ContentSetView } from './content-set.dto.js';
import type { ContentView } from './content.dto.js';

export function toContentSetView(set: ContentSet): ContentSetView {
  return {
    id: set.id,
    projectId: set.projectId,
    key: set.key,
    name: set.name,
    description: set.description,
    state: set.state,
    schema: set.schema,
    config: { ...set.config },
    autoContent: set.autoContent,
    publicAggregates: set.publicAggregates,
    revokeWindowSeconds: set.revokeWindowSeconds,
    maxContents: set.maxContents,
    contentCount: set.contentCount,
    mirrorChannelId: set.mirrorChannelId,
    ...toTimes(set),
  };
}

export function toContentView(content: Content): ContentView {
  const { id, projectId, contentSetId, key, title, description, url, state } = content;
  return {
    id,
    projectId,
    contentSetId,
    key,
    title,
    description,
    url,
    state,
    ...toTimes(content),
  };
}
