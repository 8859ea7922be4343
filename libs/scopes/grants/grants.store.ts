import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import type { Permission } from '../permission.js';
import { PermissionGrant } from './permission-grant.entity.js';

@Injectable()
export class GrantsStore {
  constructor(private readonly db: Database) {}

  find(userId: string, permission: Permission): Promise<PermissionGrant | null> {
    return this.db.manager.findOneBy(PermissionGrant, { userId, permission });
  }

  /** All of a user's: there are no more than permissions. */
  all(userId: string): Promise<PermissionGrant[]> {
    return this.db.manager.find(PermissionGrant, { where: { userId }, order: { permission: 'ASC' } });
  }

  /** Lets changes to one user's grants take turns until the transaction ends. */
  async lock(userId: string): Promise<void> {
    await this.db.query('select 1 from account_user where id = $1 for no key update', [userId]);
  }

  async put(grant: PermissionGrant): Promise<void> {
    await this.db.manager.upsert(PermissionGrant, grant, ['userId', 'permission']);
  }

  async remove(userId: string, permission: Permission): Promise<void> {
    await this.db.manager.delete(PermissionGrant, { userId, permission });
  }
}
