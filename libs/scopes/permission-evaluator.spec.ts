import type { Principal } from '#libs/accounts/principal.js';
import { Permission } from './permission.js';
import { RoleEvaluator } from './permission-evaluator.js';

const ALL = Object.values(Permission);
const user = (role: 'owner' | 'member', operator = false): Principal => ({
  kind: 'user',
  id: 'u',
  accountId: 'a',
  role,
  operator,
});
const client = (...permissions: string[]): Principal => ({
  kind: 'client',
  id: 'c',
  accountId: 'a',
  projectId: 1,
  channelId: 1,
  permissions,
});

describe('RoleEvaluator', () => {
  const evaluator = new RoleEvaluator();
  const allowed = (principal: Principal) =>
    ALL.filter((permission) => evaluator.allows(principal, permission));

  it('lets an owner do everything but run the platform', () => {
    expect(allowed(user('owner'))).toEqual(
      ALL.filter((permission) => permission !== Permission.PlatformManage),
    );
  });

  it('lets a member look at the account, its projects and their issues', () => {
    expect(allowed(user('member'))).toEqual([
      Permission.IssuesRead,
      Permission.CategoriesRead,
      Permission.AccountRead,
      Permission.ProjectsRead,
    ]);
  });

  it('adds running the platform for an operator, and nothing else', () => {
    expect(allowed(user('owner', true))).toEqual(ALL);
    expect(allowed(user('member', true))).toEqual([...allowed(user('member')), Permission.PlatformManage]);
  });

  it('lets a client do what its credential carries', () => {
    expect(allowed(client())).toEqual([]);
    expect(allowed(client(Permission.FeedbackRead))).toEqual([Permission.FeedbackRead]);
    expect(allowed(client('feedback:*', 'feedback', '*'))).toEqual([]);
  });

  it('lets the house itself do everything', () => {
    expect(allowed({ kind: 'system', id: null, accountId: 'a' })).toEqual(ALL);
  });
});
