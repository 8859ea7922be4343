import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { Field } from './field.entity.js';

/** One choice of a select or multiSelect field. */
@Entity('field_option')
@Unique('field_option_key_key', ['projectId', 'fieldId', 'key'])
@Index('field_option_name_key', ['projectId', 'fieldId', 'name'], {
  unique: true,
  where: 'removed_at is null',
})
@ForeignKey(() => Field, ['projectId', 'fieldId'], ['projectId', 'id'], {
  name: 'field_option_field_fkey',
  onDelete: 'CASCADE',
})
export class FieldOption {
  @BigIntKey('field_option_pkey')
  projectId!: number;

  @UuidKey('field_option_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  fieldId!: string;

  @Column({ type: 'varchar', length: 50 })
  key!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'integer' })
  position!: number;

  /** Set: nobody may choose it any more; feedback that has its key keeps it. */
  @TimeColumn({ nullable: true })
  removedAt!: Date | null;
}
