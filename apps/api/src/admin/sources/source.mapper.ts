import type { Import } from '#libs/import/import.entity.js';
import type { Source } from '#libs/import/source.entity.js';
import { toTimes } from '../admin.mapper.js';
import type { SourceImportView, SourceView } from './source.dto.js';

export function toSourceView(source: Source): SourceView {
  const { id, title, projectId, channelId, timeZone, sensitivity, enabled } = source;
  return {
    id,
    title,
    type: 'rest',
    projectId,
    channelId,
    timeZone,
    sensitivity,
    enabled,
    archived: source.archivedAt !== null,
    ...toTimes(source),
  };
}

export function toSourceImportView(row: Import): SourceImportView {
  const { id, state, received, imported, duplicates, rejected, masked, error } = row;
  return {
    id,
    state,
    received,
    imported,
    duplicates,
    rejected,
    masked,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    error,
  };
}
