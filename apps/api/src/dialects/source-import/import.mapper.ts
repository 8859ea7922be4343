import type { Import } from '#libs/import/import.entity.js';
import type { RowError } from '#libs/import/imports.store.js';
import type { ImportErrorView, ImportStarted, ImportView } from './dto/import.dto.js';

/** The published API's own words; its clients look for nothing else. */
export const STARTED: ImportStarted = { message: 'REST import started successfully' };

export function toView(row: Import): ImportView {
  const { id, sourceId, state, received, imported, duplicates, rejected, masked, error } = row;
  return {
    id,
    sourceId,
    state,
    received,
    imported,
    duplicates,
    rejected,
    masked,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    error,
  };
}

export function toErrorView({ number, field, message }: RowError): ImportErrorView {
  const name = field ? `payload[${number}].${field}` : `payload[${number}]`;
  return { row: number, field: field || null, message: `${name} ${message}.` };
}
