import type { ContentSet as StoredSet } from '#libs/content-sets/content-set.entity.js';
import type { ContentSetChange, NewContentSet } from '#libs/content-sets/content-sets.service.js';
import type { ContentSetFilter } from '#libs/content-sets/content-sets.store.js';
import type {
  ContentSet,
  ContentSetData,
  ContentSetKey,
  ContentSetLookupEntry,
  ContentSetSaveModel,
} from './dto/content-set.dto.js';
import type { ContentSetFilters, StateFilter } from './dto/content-set-query.dto.js';
import { projectNumber } from './project.mapper.js';

export function stateOf(state: StateFilter) {
  return state === 'all' ? undefined : state;
}

export function toSetFilter({ state, projectId, schema }: ContentSetFilters): ContentSetFilter {
  return {
    state: stateOf(state),
    projectId: projectId == null ? undefined : projectNumber(projectId),
    schemas: schema == null ? undefined : [schema].flat(),
  };
}

/** The name travels inside the metadata on its way in, and outside on its way out. */
export function fromSetData({
  projectId,
  key,
  schema,
  schemaConfig,
  metadata,
}: ContentSetData): NewContentSet {
  const { name, description, disallowAutoContentCreation, publicAggregates } = metadata;
  return {
    projectId: projectNumber(projectId),
    key,
    name,
    description,
    schema,
    config: schemaConfig,
    autoContent: disallowAutoContentCreation == null ? undefined : !disallowAutoContentCreation,
    publicAggregates: publicAggregates ?? undefined,
  };
}

export function fromSetSave(data: ContentSetSaveModel): ContentSetChange {
  const { name, description, disallowAutoContentCreation, publicAggregates, key } = data;
  return {
    key: key ?? undefined,
    name: name ?? undefined,
    description,
    autoContent: disallowAutoContentCreation == null ? undefined : !disallowAutoContentCreation,
    publicAggregates: publicAggregates ?? undefined,
  };
}

/** An id, or a key within a project. */
export function fromSetKey(key: string | ContentSetKey) {
  return typeof key === 'string' ? key : { projectId: projectNumber(key.projectId), key: key.key };
}

export function toSet(set: StoredSet): ContentSet {
  return {
    ...toSetEntry(set),
    accountId: set.accountId,
    createdAt: set.createdAt.toISOString(),
    updatedAt: set.updatedAt.toISOString(),
    state: set.state,
    schemaConfig: toConfig(set),
  };
}

export function toSetEntry(set: StoredSet): ContentSetLookupEntry {
  const { id, projectId, name, key, schema, description, autoContent, publicAggregates } = set;
  return {
    id,
    projectId: String(projectId),
    name,
    key,
    schema,
    metadata: {
      ...(description !== null && { description }),
      disallowAutoContentCreation: !autoContent,
      publicAggregates,
    },
  };
}

/** What can be chosen is called tags where there is a message beside it. */
function toConfig({ schema, config: { items, ...bounds } }: StoredSet): Record<string, unknown> {
  if (!items) return bounds;
  return { ...bounds, [schema === 'tagged-message' ? 'tags' : 'items']: items };
}
