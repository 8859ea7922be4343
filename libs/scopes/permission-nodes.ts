import { Permission } from './permission.js';

/** What each node lets one do. */
export const PERMISSION_MEANINGS = {
  [Permission.FeedbackRead]: 'List and read feedback.',
  [Permission.FeedbackWrite]: 'Create feedback.',
  [Permission.FeedbackEdit]: 'Change feedback and its state, and create it in the name of others.',
  [Permission.FeedbackDelete]: 'Delete feedback.',
  [Permission.IssuesRead]: 'List and read issues.',
  [Permission.IssuesManage]: 'Create, change and delete issues.',
  [Permission.CategoriesRead]: 'List and read categories.',
  [Permission.CategoriesManage]: 'Create, change and delete categories.',
  [Permission.ContentRead]: 'Read content sets, contents and their feelbacks.',
  [Permission.ContentManage]: 'Change content sets and contents.',
  [Permission.ImportsRead]: 'See imports and how they went.',
  [Permission.ImportsWrite]: 'Import feedback.',
  [Permission.SourcesManage]: 'Create and change sources of imports.',
  [Permission.RolesManage]: 'Manage roles, who has them, and direct grants.',
  [Permission.AccountRead]: 'See the account.',
  [Permission.AccountManage]: 'Change the account.',
  [Permission.UsersManage]: 'Create and change users.',
  [Permission.ProjectsRead]: 'See projects and channels.',
  [Permission.ProjectsManage]: 'Create and change projects and channels.',
  [Permission.CredentialsManage]: 'Manage keys, clients, servers and their secrets.',
  [Permission.PlatformManage]: 'Run the platform: make accounts.',
} as const satisfies Record<Permission, string>;

/** The nodes that can be given: all but running the platform, which comes with being an operator and no other way. */
export const GRANTABLE: readonly Permission[] = Object.values(Permission).filter(
  (permission) => permission !== Permission.PlatformManage,
);

/** What a role may hold: nodes, and wildcards that stand for all nodes of a group, or for all. */
export const ROLE_NODES: readonly string[] = [
  '*',
  ...new Set(GRANTABLE.map((permission) => `${permission.split(':')[0]}:*`)),
  ...GRANTABLE,
];

/** True when `node` covers `other`, both of them permissions or wildcards. Nothing covers running the platform. */
export function covers(node: string, other: string): boolean {
  if (other === Permission.PlatformManage) return false;
  if (node === other || node === '*') return true;
  return node.endsWith(':*') && other.startsWith(node.slice(0, -1));
}

/** The permissions that nodes stand for. */
export function expand(nodes: readonly string[]): Permission[] {
  return GRANTABLE.filter((permission) => nodes.some((node) => covers(node, permission)));
}
