import type { Channel } from '#libs/channels/channel.entity.js';
import type { SchemaField } from '#libs/channels/channel-schema.js';
import type { FieldOption } from '#libs/channels/field-option.entity.js';
import type { NewField } from '#libs/channels/new-field.js';
import { toTimes } from '../admin.mapper.js';
import type { ChannelView } from './channel.dto.js';
import type { CreateFieldBody, FieldView } from './field.dto.js';
import { toFieldFormat } from './field-format.js';
import type { OptionView } from './option.dto.js';

export function toChannelView(channel: Channel): ChannelView {
  const { id, projectId, name, description, dialect, searchMaxDays, imageHosts } = channel;
  return {
    id,
    projectId,
    name,
    description,
    dialect,
    searchMaxDays,
    imageHosts,
    ...toTimes(channel),
  };
}

export function toNewField(body: CreateFieldBody): NewField {
  return { ...body, format: toFieldFormat(body.format), editable: body.editable ?? true };
}

export function toFieldView(field: SchemaField): FieldView {
  const { id, key, name, description, format, editable, active, personal, systemColumn, options } = field;
  return {
    id,
    key,
    name,
    description,
    format,
    editable,
    active,
    personal,
    system: systemColumn !== null,
    options: options.map(toOptionView),
  };
}

export function toOptionView({ id, key, name }: FieldOption): OptionView {
  return { id, key, name };
}
