import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import type { User } from '#libs/accounts/user.entity.js';
import { type NewUser, type UserChange, UsersService } from '#libs/accounts/users.service.js';
import { Authority } from './authority.js';
import { RolesService } from './roles/roles.service.js';

/** Users in the hands of those who manage them: nobody makes, or takes over, a user who may do more than they. */
@Injectable()
export class ManagedUsersService {
  constructor(
    private readonly users: UsersService,
    private readonly roles: RolesService,
    private readonly authority: Authority,
  ) {}

  /** Makes a user of the caller's account. @throws DomainError forbidden, conflict when the address is in use */
  async create(by: Principal, input: NewUser): Promise<User> {
    await this.roles.assertMayMake(by, input.role);
    return this.users.create(by, by.accountId, input);
  }

  /** As `UsersService.update`. @throws DomainError not_found, forbidden, conflict */
  async update(by: Principal, id: string, change: UserChange): Promise<User> {
    const user = await this.users.get(by, id);
    await this.authority.assertCovers(by, id);
    if (change.role !== undefined && change.role !== user.role) {
      await this.roles.assertMayMake(by, change.role);
    }
    return this.users.update(by, id, change);
  }
}
