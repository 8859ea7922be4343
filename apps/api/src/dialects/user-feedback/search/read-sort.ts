import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import type { FieldFormat } from '#libs/channels/field.entity.js';
import type { Sort } from '#libs/feedback/search/feedback-query.js';
import { asObject, refused } from '../refuse.js';

const DIRECTIONS: Readonly<Record<string, 'asc' | 'desc'>> = { ASC: 'asc', DESC: 'desc' };
const OWN = ['id', 'createdAt', 'updatedAt'] as const;
const SORTABLE: ReadonlySet<FieldFormat> = new Set<FieldFormat>(['number', 'date', 'keyword', 'select']);

export function readDirection(method: unknown): 'asc' | 'desc' {
  const direction = typeof method === 'string' && Object.hasOwn(DIRECTIONS, method) && DIRECTIONS[method];
  if (!direction) throw refused('invalid sort method');
  return direction;
}

/** The members of `sort`, in their order. @throws DomainError invalid */
export function readSort(schema: ChannelSchema, sort: unknown): Sort[] {
  return Object.entries(asObject(sort ?? {})).map(([key, method]) => {
    const direction = readDirection(method);
    const own = OWN.find((name) => name === key);
    if (own) return { by: own, direction };
    const field = schema.fields.find((each) => each.key === key);
    if (!field) throw refused('bad key in sort');
    if (!SORTABLE.has(field.format)) throw refused('unsortable format');
    return { by: field, direction };
  });
}
