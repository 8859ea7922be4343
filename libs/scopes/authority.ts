import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { decide } from './evaluation/decide.js';
import type { Holdings } from './evaluation/holdings.js';
import { HoldingsStore } from './evaluation/holdings.store.js';
import { expand } from './permission-nodes.js';
import { GLOBAL, type Scope } from './scope.js';

/** Permissions, and where. */
interface Claim {
  readonly nodes: readonly string[];
  readonly scope: Scope;
}

/** Sees to it that nobody hands out, or takes over, what they do not hold themselves. */
@Injectable()
export class Authority {
  constructor(
    private readonly store: HoldingsStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @param nodes permissions and wildcards; one holds a wildcard who holds all that it stands for
   * @throws DomainError forbidden
   */
  async assertHolds(by: Principal, nodes: readonly string[], scope: Scope = GLOBAL): Promise<void> {
    await this.assertAll(by, [{ nodes, scope }]);
  }

  /** Refuses to let anyone decide over a user who may do more than they may themselves. @throws DomainError forbidden */
  async assertCovers(by: Principal, userId: string): Promise<void> {
    if (by.kind === 'system' || by.id === userId) return;
    const { grants, roles } = await this.store.ofUser(userId, by.accountId);
    const now = this.clock.now().getTime();
    await this.assertAll(by, [
      {
        nodes: grants
          .filter(({ negated, expiresAt }) => !negated && (expiresAt === null || expiresAt > now))
          .map(({ permission }) => permission),
        scope: GLOBAL,
      },
      ...roles.map(({ permissions, scope }) => ({ nodes: permissions, scope })),
    ]);
  }

  private async assertAll(by: Principal, claims: readonly Claim[]): Promise<void> {
    if (by.kind === 'system' || claims.every(({ nodes }) => nodes.length === 0)) return;
    const held = await this.holdings(
      by,
      claims.map(({ scope }) => scope),
    );
    const now = this.clock.now().getTime();
    for (const { nodes, scope } of claims) {
      const lacking = expand(nodes).find((permission) => !decide(held, permission, scope, now).allowed);
      if (lacking === undefined) continue;
      throw new DomainError(
        'forbidden',
        'permission',
        `This takes ${lacking}, which you do not hold there.`,
        {
          reason: lacking,
        },
      );
    }
  }

  /** Read anew: what was just taken away must not be handed on. */
  private async holdings(by: Principal, scopes: readonly Scope[]): Promise<Holdings> {
    const held = await this.store.ofUser(by.kind === 'user' ? by.id : NOBODY, by.accountId);
    const local = await this.store.defaults(
      by.accountId,
      scopes.filter(({ type }) => type !== 'global'),
    );
    return { ...held, defaults: [...held.defaults, ...local] };
  }
}

/** Programs hand out nothing. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
