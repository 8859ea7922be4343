import { Check, Column, Entity, ForeignKey, Unique } from 'typeorm';
import { BigIntColumn, BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { Channel } from './channel.entity.js';

export const FIELD_FORMATS = [
  'text',
  'keyword',
  'number',
  'boolean',
  'select',
  'multiSelect',
  'date',
  'images',
] as const;

export type FieldFormat = (typeof FIELD_FORMATS)[number];

/** One field of a channel's schema. */
@Entity('field')
@Unique('field_key_key', ['projectId', 'channelId', 'key'])
@Unique('field_name_key', ['projectId', 'channelId', 'name'])
@Check(
  'field_format_check',
  `format in ('text', 'keyword', 'number', 'boolean', 'select', 'multiSelect', 'date', 'images')`,
)
@ForeignKey(() => Channel, ['projectId', 'channelId'], ['projectId', 'id'], {
  name: 'field_channel_fkey',
  onDelete: 'CASCADE',
})
export class Field {
  @BigIntKey('field_pkey')
  projectId!: number;

  @UuidKey('field_pkey')
  id!: string;

  @BigIntColumn()
  channelId!: number;

  @Column({ type: 'varchar', length: 50 })
  key!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'varchar', length: 500, nullable: true })
  description!: string | null;

  @Column({ type: 'varchar', length: 20 })
  format!: FieldFormat;

  /** False: clients may set it once and never change it. */
  @Column({ type: 'boolean' })
  editable!: boolean;

  @Column({ type: 'boolean' })
  active!: boolean;

  /** True: the value says who somebody is. */
  @Column({ type: 'boolean' })
  personal!: boolean;

  /** The column of `feedback` that holds the value; null: the value lives in `feedback.fields`. */
  @Column({ type: 'varchar', length: 30, nullable: true })
  systemColumn!: string | null;

  @Column({ type: 'integer' })
  position!: number;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
