import type { SystemColumn } from '#libs/channels/system-columns.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { FieldRef } from './feedback-query.js';

export type ColumnKind = 'text' | 'number' | 'boolean' | 'time' | 'texts';

interface SearchColumn {
  readonly sql: string;
  readonly kind: ColumnKind;
  /** True: every feedback has a value. */
  readonly filled?: true;
}

/** The columns that a field may mirror, and what follows from one. */
export type SearchColumnName = SystemColumn | 'stage';

/** Every column that a search may name. Closed: what is not here cannot be reached. */
const COLUMNS = {
  id: { sql: 'f.id', kind: 'number', filled: true },
  dialect: { sql: 'f.dialect', kind: 'text', filled: true },
  author_id: { sql: 'f.author_id', kind: 'text' },
  author_name: { sql: 'f.author_name', kind: 'text' },
  author_email: { sql: 'f.author_email', kind: 'text' },
  contact_consent: { sql: 'f.contact_consent', kind: 'boolean' },
  sentiment: { sql: 'f.sentiment', kind: 'number' },
  scope_type: { sql: 'f.scope_type', kind: 'text' },
  scope_id: { sql: 'f.scope_id', kind: 'text' },
  type: { sql: 'f.type', kind: 'text' },
  target_context: { sql: 'f.target_context', kind: 'text' },
  target_user_id: { sql: 'f.target_user_id', kind: 'text' },
  status: { sql: 'f.status', kind: 'text' },
  /** How far the handling is: what nobody has looked at is open. */
  stage: { sql: `coalesce(f.status, 'OPEN')`, kind: 'text', filled: true },
  severity: { sql: 'f.severity', kind: 'text' },
  labels: { sql: 'f.labels', kind: 'texts' },
  category: { sql: 'f.category', kind: 'text' },
  assignee_id: { sql: 'f.assignee_id', kind: 'text' },
  resolution_note: { sql: 'f.resolution_note', kind: 'text' },
  acknowledged_at: { sql: 'f.acknowledged_at', kind: 'time' },
  resolved_at: { sql: 'f.resolved_at', kind: 'time' },
  submitted_at: { sql: 'f.submitted_at', kind: 'time', filled: true },
  created_at: { sql: 'f.created_at', kind: 'time', filled: true },
  updated_at: { sql: 'f.updated_at', kind: 'time', filled: true },
} as const satisfies Record<SearchColumnName, SearchColumn>;

const FORMATS = {
  text: 'keyword',
  number: 'number',
  boolean: 'boolean',
  time: 'date',
  texts: 'multiSelect',
} as const satisfies Record<ColumnKind, FieldRef['format']>;

/** The column that a field mirrors; undefined for one that lives in `fields`. */
export function columnOf({ systemColumn }: FieldRef): SearchColumn | undefined {
  if (systemColumn === null) return undefined;
  if (Object.hasOwn(COLUMNS, systemColumn)) return COLUMNS[systemColumn as SearchColumnName];
  throw new DomainError('invalid', 'condition', 'This field cannot be searched.');
}

/** A column as a field of its own, for searches that go over the channels of many APIs. */
export function columnField(column: SearchColumnName): FieldRef {
  return { key: column, format: FORMATS[COLUMNS[column].kind], systemColumn: column };
}
