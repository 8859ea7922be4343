import { Injectable } from '@nestjs/common';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { RoleAssignment } from './role-assignment.entity.js';
import { Role } from './role.entity.js';

@Injectable()
export class AssignmentsStore {
  constructor(private readonly db: Database) {}

  /** @returns false when the user has the role already @throws DomainError conflict when it was just removed */
  async insert({ userId, roleId, createdAt }: RoleAssignment): Promise<boolean> {
    const rows = await conflictOn(
      'role_assignment_role_fkey',
      'role',
      'This role was removed at the same moment.',
      () =>
        this.db.query(
          `insert into role_assignment (user_id, role_id, created_at) values ($1, $2, $3)
           on conflict do nothing returning role_id`,
          [userId, roleId, createdAt],
        ),
    );
    return rows.length > 0;
  }

  /** @returns false when the user does not have the role */
  async remove(userId: string, roleId: string): Promise<boolean> {
    const { affected } = await this.db.manager.delete(RoleAssignment, { userId, roleId });
    return (affected ?? 0) > 0;
  }

  count(userId: string): Promise<number> {
    return this.db.manager.countBy(RoleAssignment, { userId });
  }

  /** Lets changes to what one user has take turns until the transaction ends. */
  async lock(userId: string): Promise<void> {
    await this.db.query('select 1 from account_user where id = $1 for no key update', [userId]);
  }

  /** The roles that a user was given, by the id of the role. */
  async rolesOf(accountId: string, userId: string, { limit, cursor }: PageRequest): Promise<Page<Role>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const query = this.db.manager
      .createQueryBuilder(Role, 'role')
      .innerJoin(RoleAssignment, 'held', 'held.roleId = role.id and held.userId = :userId', { userId })
      .where('role.accountId = :accountId', { accountId });
    if (after) query.andWhere('role.id > :after', { after: after[0] });
    const rows = await query
      .orderBy('role.id')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** Who was given a role, by the id of the user. */
  async usersOf(roleId: string, { limit, cursor }: PageRequest): Promise<Page<RoleAssignment>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const query = this.db.manager
      .createQueryBuilder(RoleAssignment, 'held')
      .where('held.roleId = :roleId', { roleId });
    if (after) query.andWhere('held.userId > :after', { after: after[0] });
    const rows = await query
      .orderBy('held.userId')
      .limit(limit + 1)
      .getMany();
    return toPage(rows, limit, ({ userId }) => [userId]);
  }
}
