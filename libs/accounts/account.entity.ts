import { Column, Entity } from 'typeorm';
import { TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/** A customer of this deployment: everything belongs to exactly one account. */
@Entity('account')
export class Account {
  @UuidKey('account_pkey')
  id!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'boolean' })
  active!: boolean;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
