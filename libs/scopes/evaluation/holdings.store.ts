import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import type { Scope, ScopeType } from '../scope.js';
import { type HeldGrant, type HeldRole, type Holdings, NOTHING_HELD } from './holdings.js';

interface RoleRow {
  readonly id: string;
  readonly name: string;
  readonly scopeType: ScopeType;
  readonly scopeId: string | null;
  readonly permissions: string[];
}

const ROLE = `'id', r.id, 'name', r.name, 'scopeType', r.scope_type, 'scopeId', r.scope_id,
  'permissions', r.permissions`;

/** Reads what decides about users. */
@Injectable()
export class HoldingsStore {
  constructor(private readonly db: Database) {}

  /**
   * What a user holds: direct grants, roles (the built-in one, too), and the account's global default role. Nothing
   * for somebody who is unknown, switched off, or of another account.
   * @param accountId left out: of whatever account
   */
  async ofUser(userId: string, accountId?: string): Promise<Holdings> {
    if (!isUuid(userId)) return NOTHING_HELD;
    const [row] = await this.db.query<{
      operator: boolean;
      grants: HeldGrant[];
      roles: RoleRow[];
      defaults: RoleRow[];
    }>(
      `select u.operator,
         array(select json_build_object('permission', g.permission, 'negated', g.negated,
             'expiresAt', round(extract(epoch from g.expires_at) * 1000))
           from permission_grant g where g.user_id = u.id order by g.permission) as grants,
         array(select json_build_object(${ROLE}) from role r
             where r.account_id = u.account_id and r.built_in = u.role)
           || array(select json_build_object(${ROLE}) from role_assignment a join role r on r.id = a.role_id
             where a.user_id = u.id and r.account_id = u.account_id order by r.id) as roles,
         array(select json_build_object(${ROLE}) from role r
           where r.account_id = u.account_id and r.is_default and r.scope_id is null) as defaults
       from account_user u
       where u.id = $1 and u.active and ($2::uuid is null or u.account_id = $2)`,
      [userId, accountId ?? null],
    );
    if (!row) return NOTHING_HELD;
    const { operator, grants, roles, defaults } = row;
    return { operator, grants, roles: roles.map(toHeld), defaults: defaults.map(toHeld) };
  }

  /** The default roles of these scopes, none of them the global one. */
  async defaults(accountId: string, scopes: readonly Scope[]): Promise<HeldRole[]> {
    if (scopes.length === 0) return [];
    const rows = await this.db.query<RoleRow>(
      `select r.id, r.name, r.scope_type as "scopeType", r.scope_id as "scopeId", r.permissions
       from unnest($2::text[], $3::text[]) as s (type, id)
       join role r on r.account_id = $1 and r.scope_type = s.type and r.scope_id = s.id and r.is_default`,
      [accountId, scopes.map(({ type }) => type), scopes.map(({ id }) => id)],
    );
    return rows.map(toHeld);
  }
}

function toHeld({ id, name, scopeType, scopeId, permissions }: RoleRow): HeldRole {
  return { id, name, scope: { type: scopeType, id: scopeId }, permissions };
}
