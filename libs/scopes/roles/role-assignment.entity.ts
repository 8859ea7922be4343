import { Entity, ForeignKey, Index } from 'typeorm';
import { User } from '#libs/accounts/user.entity.js';
import { TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { Role } from './role.entity.js';

/** A user has a role. */
@Entity('role_assignment')
@Index('role_assignment_role_idx', ['roleId', 'userId'])
@ForeignKey(() => User, ['userId'], ['id'], { name: 'role_assignment_user_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Role, ['roleId'], ['id'], { name: 'role_assignment_role_fkey', onDelete: 'CASCADE' })
export class RoleAssignment {
  @UuidKey('role_assignment_pkey')
  userId!: string;

  @UuidKey('role_assignment_pkey')
  roleId!: string;

  @TimeColumn()
  createdAt!: Date;
}
