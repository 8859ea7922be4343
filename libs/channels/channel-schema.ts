import type { Channel } from './channel.entity.js';
import type { Field } from './field.entity.js';
import type { FieldOption } from './field-option.entity.js';

export interface SchemaField extends Field {
  /** Those that can be chosen, in their order; empty for a field that takes no options. */
  readonly options: readonly FieldOption[];
}

/** A channel with all that says which values its feedback may have. */
export interface ChannelSchema {
  readonly channel: Channel;
  /** The channel's own fields in their order, active or not. */
  readonly fields: readonly SchemaField[];
  /** What every channel has without anybody asking: id, createdAt, updatedAt and issues. */
  readonly automatic: readonly SchemaField[];
}
