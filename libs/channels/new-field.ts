import type { Violation } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import { AUTOMATIC_FIELDS } from './automatic-fields.js';
import type { Channel } from './channel.entity.js';
import type { Field, FieldFormat } from './field.entity.js';
import type { FieldOption } from './field-option.entity.js';

export interface NewOption {
  readonly key: string;
  readonly name: string;
}

export interface NewField {
  readonly key: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly format: FieldFormat;
  readonly editable: boolean;
  readonly active?: boolean | undefined;
  readonly personal?: boolean | undefined;
  /** The column of `feedback` that the field mirrors. */
  readonly systemColumn?: string;
  readonly options?: readonly NewOption[] | undefined;
}

/** Every request that names a field reads all of them. */
export const MAX_FIELDS = 100;
export const MAX_OPTIONS = 500;

/** Keys of the automatic fields, of what a request says beside its fields, and what objects inherit. */
const RESERVED_KEYS: ReadonlySet<string> = new Set([
  ...AUTOMATIC_FIELDS.map(({ key }) => key),
  'ids',
  'issueIds',
  'issueNames',
  'issueName',
  'searchText',
  'fieldKey',
  'feedbackSearchMaxDays',
  '__proto__',
  'constructor',
  'prototype',
]);

const RESERVED_NAMES: ReadonlySet<string> = new Set(AUTOMATIC_FIELDS.map(({ name }) => name));

/** What is wrong with a new field by itself, member by member. */
export function fieldProblems({
  key,
  name,
  format,
  options = [],
}: Pick<NewField, 'key' | 'name' | 'format' | 'options'>): Violation[] {
  const problems: Violation[] = [];
  const say = (field: string, message: string) => problems.push({ field, message });
  if (!/^[A-Za-z0-9_]{1,50}$/.test(key)) {
    say('key', 'key must be 1 to 50 letters (a-z, A-Z), digits and underscores.');
  } else if (RESERVED_KEYS.has(key)) say('key', `key is reserved: ${key}.`);
  if (RESERVED_NAMES.has(name)) say('name', `name is reserved: ${name}.`);
  if (options.length > 0 && !takesOptions(format)) {
    say('options', 'options are for the formats select and multiSelect.');
  }
  if (options.length > MAX_OPTIONS) say('options', `options must be at most ${MAX_OPTIONS}.`);
  for (const member of ['key', 'name'] as const) {
    const values = options.map((option) => option[member]);
    for (const [index, value] of values.entries()) {
      if (values.indexOf(value) < index) {
        say(`options.${index}.${member}`, `another option has this ${member}: ${value}.`);
      }
    }
  }
  return problems;
}

export function takesOptions(format: FieldFormat): boolean {
  return format === 'select' || format === 'multiSelect';
}

/** The rows of a new field. */
export function toFieldRows(
  { projectId, id: channelId }: Pick<Channel, 'projectId' | 'id'>,
  input: NewField,
  position: number,
  now: Date,
): { field: Field; options: FieldOption[] } {
  const id = uuidv7(now.getTime());
  return {
    field: {
      projectId,
      id,
      channelId,
      key: input.key,
      name: input.name,
      description: input.description ?? null,
      format: input.format,
      editable: input.editable,
      active: input.active ?? true,
      personal: input.personal ?? false,
      systemColumn: input.systemColumn ?? null,
      position,
      createdAt: now,
      updatedAt: now,
    },
    options: (input.options ?? []).map(({ key, name }, index) => ({
      projectId,
      id: uuidv7(now.getTime()),
      fieldId: id,
      key,
      name,
      position: index,
      removedAt: null,
    })),
  };
}
