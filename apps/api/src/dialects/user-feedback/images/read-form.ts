import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import type { FieldFormat } from '#libs/channels/field.entity.js';
import type { FormField } from '#apps/api/src/http/uploads/spooled-upload.js';
import { checkJson } from '#apps/api/src/http/body/check-json.js';
import { refused } from '../refuse.js';

/** Formats whose values are lists: a part may hold all of one as JSON, or one member each. */
const LISTS: ReadonlySet<FieldFormat> = new Set<FieldFormat>(['multiSelect', 'images']);

/**
 * The text parts of a form as the body that they stand for, in the order in which they were sent. A part is read by the
 * format of its field, or as JSON when it says that it is; of others that come twice, the last one wins.
 * @throws DomainError invalid
 */
export function readForm({ fields }: ChannelSchema, parts: readonly FormField[]): Record<string, unknown> {
  const body = new Map<string, unknown>();
  for (const [name, same] of Map.groupBy(parts, (part) => part.name)) {
    const format = fields.find(({ key }) => key === name)?.format;
    const isList = name === 'issueNames' || (format !== undefined && LISTS.has(format));
    body.set(name, isList ? readList(same) : readOne(same.at(-1)!, format));
  }
  const members = Object.fromEntries(body);
  checkJson(members);
  return members;
}

function readList(parts: readonly FormField[]): unknown {
  const [first] = parts;
  if (parts.length > 1) return parts.flatMap((part) => (isJson(part) ? readJson(part) : part.value));
  if (isJson(first!)) return readJson(first!);
  return first!.value.trimStart().startsWith('[') ? readJson(first!) : [first!.value];
}

function readOne(part: FormField, format: FieldFormat | undefined): unknown {
  if (isJson(part)) return readJson(part);
  const { value } = part;
  if (format === 'number')
    return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
  if (format === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

function isJson({ mediaType }: FormField): boolean {
  return mediaType.toLowerCase() === 'application/json';
}

function readJson({ name, value }: FormField): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw refused(`The part "${name}" is not valid JSON.`);
  }
}
