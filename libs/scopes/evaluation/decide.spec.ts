import fc from 'fast-check';
import { GRANTABLE, ROLE_NODES } from '../permission-nodes.js';
import { Permission } from '../permission.js';
import { GLOBAL, type Scope, TARGET_TYPES } from '../scope.js';
import { decide } from './decide.js';
import type { HeldGrant, HeldRole, Holdings } from './holdings.js';

const NOW = 1_000;

/** The account as the contract's words see it: every role there is, and which of them the user has. */
interface World {
  readonly operator: boolean;
  readonly grants: readonly HeldGrant[];
  readonly roles: readonly (HeldRole & { readonly assigned: boolean; readonly isDefault: boolean })[];
}

/** The evaluation once more, step by step and without a thought for speed. */
function naive(world: World, node: Permission, { type, id }: Scope): boolean {
  if (node === 'platform:manage') return world.operator;
  // 1. Collect the direct grants that are unexpired.
  const unexpired = world.grants.filter(({ expiresAt }) => expiresAt === null || expiresAt > NOW);
  const direct = unexpired.filter(({ permission }) => permission === node);
  // A negated grant of the node denies; a positive one allows in every scope.
  if (direct.some(({ negated }) => negated)) return false;
  if (direct.length > 0) return true;
  const [group] = node.split(':');
  const union = (roles: readonly HeldRole[]) => new Set(roles.flatMap(({ permissions }) => permissions));
  const grants = (nodes: Set<string>) => nodes.has(node) || nodes.has(`${group}:*`) || nodes.has('*');
  const assigned = world.roles.filter((role) => role.assigned);
  const defaults = world.roles.filter((role) => role.isDefault);
  const within = (roles: readonly HeldRole[], scopeType: string, scopeId: string | null) =>
    roles.filter(({ scope }) => scope.type === scopeType && scope.id === scopeId);
  // 2. Roles with scope=global allow across all scopes.
  if (grants(union(within(assigned, 'global', null)))) return true;
  // 3. Roles with scope=scopeType and scopeId equal.
  if (grants(union(within(assigned, type, id)))) return true;
  // 4. The default role of exactly this scope applies to everybody; that of (global, null) also applies everywhere.
  if (grants(union(within(defaults, type, id)))) return true;
  if (grants(union(within(defaults, 'global', null)))) return true;
  // 5. Otherwise deny.
  return false;
}

/** Few ids and nodes, so that things meet. */
const scopes = fc.oneof(
  fc.constant(GLOBAL),
  fc.record({ type: fc.constantFrom(...TARGET_TYPES), id: fc.constantFrom('a', 'b') }),
);
const NODES = [Permission.FeedbackRead, Permission.FeedbackWrite, Permission.UsersManage] as const;
const permissions = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...NODES) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.values(Permission)) },
);
const roleNodes = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...NODES, 'feedback:*', 'users:*', 'feed:*', 'feedback', '*') },
  { weight: 1, arbitrary: fc.constantFrom(...ROLE_NODES, 'platform:*', 'platform:manage') },
);
const grants = fc.record({
  permission: permissions,
  negated: fc.boolean(),
  expiresAt: fc.constantFrom(null, NOW - 1, NOW, NOW + 1),
});
const roles = fc.record({
  id: fc.uuid(),
  name: fc.constant('role'),
  scope: scopes,
  permissions: fc.array(roleNodes, { maxLength: 3 }),
  assigned: fc.boolean(),
  isDefault: fc.boolean(),
});
const worlds: fc.Arbitrary<World> = fc.record({
  operator: fc.boolean(),
  grants: fc.array(grants, { maxLength: 3 }),
  roles: fc.array(roles, { maxLength: 5 }),
});

function holdingsOf({ operator, grants: direct, roles: all }: World): Holdings {
  return {
    operator,
    grants: direct,
    roles: all.filter(({ assigned }) => assigned),
    defaults: all.filter(({ isDefault }) => isDefault),
  };
}

describe('decide', () => {
  it('decides as a second implementation does, written from the words of the contract', () => {
    const seen = { true: 0, false: 0 };
    fc.assert(
      fc.property(worlds, permissions, scopes, (world, permission, scope) => {
        const expected = naive(world, permission, scope);
        seen[`${expected}`]++;
        return decide(holdingsOf(world), permission, scope, NOW).allowed === expected;
      }),
      { numRuns: 5_000 },
    );
    // Both answers were put to the test, often.
    expect(Math.min(seen.true, seen.false)).toBeGreaterThan(500);
  });

  it('names what decided, and that alone decides the same', () => {
    fc.assert(
      fc.property(worlds, permissions, scopes, (world, permission, scope) => {
        const held = holdingsOf(world);
        const decision = decide(held, permission, scope, NOW);
        const alone: Holdings = {
          operator: held.operator && decision.by === 'operator',
          grants: decision.grant ? [decision.grant] : [],
          roles: decision.by === 'role' ? [decision.role!] : [],
          defaults: decision.by === 'default' ? [decision.role!] : [],
        };
        expect(decide(alone, permission, scope, NOW)).toEqual(decision);
      }),
      { numRuns: 1_000 },
    );
  });

  const role = (scope: Scope, ...nodes: string[]): HeldRole => ({
    id: 'r',
    name: 'Role',
    scope,
    permissions: nodes,
  });
  const nothing: Holdings = { operator: false, grants: [], roles: [], defaults: [] };
  const server: Scope = { type: 'server', id: 'a' };
  const network: Scope = { type: 'network', id: 'a' };
  const grant = (permission: Permission, negated = false, expiresAt: number | null = null): HeldGrant => ({
    permission,
    negated,
    expiresAt,
  });

  it.each<[string, Partial<Holdings>, Scope, boolean, string]>([
    ['nothing held', {}, server, false, 'nothing'],
    ['a grant, everywhere', { grants: [grant('feedback:read')] }, server, true, 'grant'],
    [
      'a denial above a grant and every role',
      {
        grants: [grant('feedback:read'), grant('feedback:read', true)],
        roles: [role(GLOBAL, '*')],
        defaults: [role(server, '*')],
      },
      server,
      false,
      'grant',
    ],
    ['a grant that just ended', { grants: [grant('feedback:read', false, NOW)] }, server, false, 'nothing'],
    [
      'a denial that just ended',
      { grants: [grant('feedback:read', true, NOW)], roles: [role(GLOBAL, '*')] },
      server,
      true,
      'role',
    ],
    ['a grant of another node', { grants: [grant('feedback:edit')] }, server, false, 'nothing'],
    ['a global role, everywhere', { roles: [role(GLOBAL, 'feedback:read')] }, network, true, 'role'],
    ['a role of the scope', { roles: [role(server, 'feedback:read')] }, server, true, 'role'],
    [
      'a role of another id',
      { roles: [role({ type: 'server', id: 'b' }, 'feedback:read')] },
      server,
      false,
      'nothing',
    ],
    [
      'a role of another type with the same id',
      { roles: [role(network, 'feedback:read')] },
      server,
      false,
      'nothing',
    ],
    ['a role of a scope, asked globally', { roles: [role(server, '*')] }, GLOBAL, false, 'nothing'],
    ['the default of the scope', { defaults: [role(server, 'feedback:read')] }, server, true, 'default'],
    [
      'the default of another scope',
      { defaults: [role(network, 'feedback:read')] },
      server,
      false,
      'nothing',
    ],
    ['the global default', { defaults: [role(GLOBAL, 'feedback:read')] }, server, true, 'default'],
    ['the wildcard of the group', { roles: [role(GLOBAL, 'feedback:*')] }, server, true, 'role'],
    [
      'the wildcard of another group',
      { roles: [role(GLOBAL, 'feed:*', 'users:*')] },
      server,
      false,
      'nothing',
    ],
    ['edit, which is not read', { roles: [role(GLOBAL, 'feedback:edit')] }, server, false, 'nothing'],
    ['being an operator', { operator: true }, server, false, 'nothing'],
  ])('says of feedback:read with %s', (_, held, scope, allowed, by) => {
    const decision = decide({ ...nothing, ...held }, Permission.FeedbackRead, scope, NOW);
    expect([decision.allowed, decision.by]).toEqual([allowed, by]);
  });

  it('lets nobody run the platform but an operator, whatever they hold', () => {
    const all = {
      ...nothing,
      grants: [grant('platform:manage')],
      roles: [role(GLOBAL, '*', 'platform:*', 'platform:manage')],
    };
    expect(decide(all, Permission.PlatformManage, GLOBAL, NOW).allowed).toBe(false);
    expect(decide({ ...nothing, operator: true }, Permission.PlatformManage, GLOBAL, NOW).by).toBe(
      'operator',
    );
    expect(GRANTABLE.every((permission) => decide(all, permission, server, NOW).allowed)).toBe(true);
    expect([...GRANTABLE, ...ROLE_NODES].some((node) => node.startsWith('platform'))).toBe(false);
  });
});
