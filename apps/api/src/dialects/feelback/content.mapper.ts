import type { Principal } from '#libs/accounts/principal.js';
import type { Content } from '#libs/content-sets/content.entity.js';
import type { ContentChange, ContentFilter, NewContent } from '#libs/content-sets/contents.service.js';
import type {
  ContentData,
  ContentFilters,
  ContentItem,
  ContentItemLookupEntry,
  ContentSaveModel,
} from './dto/content.dto.js';
import { stateOf } from './content-set.mapper.js';
import { projectNumber } from './project.mapper.js';

export function toContentFilter({ state, projectId, contentSetId }: ContentFilters): ContentFilter {
  return {
    state: stateOf(state),
    projectId: projectId == null ? undefined : projectNumber(projectId),
    contentSetId: contentSetId ?? undefined,
  };
}

export function fromContentData({ contentSetId, key, metadata }: ContentData): NewContent {
  const { title, description, url } = metadata ?? {};
  return { contentSetId, key, title, description, url };
}

export function fromContentSave({ key, title, description, url }: ContentSaveModel): ContentChange {
  return { key: key ?? undefined, title, description, url };
}

/** A view for whoever may see it: a content belongs to the account of its reader. */
export function toContent(content: Content, { accountId }: Pick<Principal, 'accountId'>): ContentItem {
  return {
    ...toContentEntry(content),
    accountId,
    createdAt: content.createdAt.toISOString(),
    updatedAt: content.updatedAt.toISOString(),
    state: content.state,
  };
}

export function toContentEntry(content: Content): ContentItemLookupEntry {
  const { id, projectId, contentSetId, key, title, description, url } = content;
  return {
    id,
    projectId: String(projectId),
    contentSetId,
    key,
    metadata: {
      ...(title !== null && { title }),
      ...(description !== null && { description }),
      ...(url !== null && { url }),
    },
  };
}
