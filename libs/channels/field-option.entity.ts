import { Column, Entity, ForeignKey, Unique } from 'typeorm';
import { BigIntKey, UuidKey } from '#libs/platform/database/columns.js';
import { Field } from './field.entity.js';

/** One choice of a select or multiSelect field. */
@Entity('field_option')
@Unique('field_option_key_key', ['projectId', 'fieldId', 'key'])
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
}
