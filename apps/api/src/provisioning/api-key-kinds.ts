import { randomBytes, randomUUID } from 'node:crypto';
import { randomSecret } from '#libs/platform/crypto/secrets.js';
import { Permission } from '#libs/scopes/permission.js';

/** What a key of one public API looks like, what it is bound to, and what it may do. */
export interface ApiKeyKind {
  readonly bound: 'project' | 'account';
  /** True: may be limited to some sources. */
  readonly sources: boolean;
  /** What each level may do; a kind without a choice has one. */
  readonly levels: Readonly<Record<string, readonly Permission[]>>;
  readonly make: () => string;
}

/** The public APIs that are called with a key. How a key looks is theirs where their clients expect a shape. */
export const API_KEY_KINDS = {
  'user-feedback': {
    bound: 'project',
    sources: false,
    levels: {
      full: [
        Permission.ProjectsRead,
        Permission.FeedbackRead,
        Permission.FeedbackWrite,
        Permission.FeedbackEdit,
        Permission.FeedbackDelete,
        Permission.IssuesRead,
        Permission.IssuesManage,
        Permission.CategoriesRead,
        Permission.CategoriesManage,
      ],
    },
    make: () => randomBytes(10).toString('hex').toUpperCase(),
  },
  feelback: {
    bound: 'account',
    sources: false,
    levels: {
      viewer: [Permission.ContentRead],
      owner: [Permission.ContentRead, Permission.ContentManage],
    },
    make: () => randomSecret('chfb'),
  },
  'source-import': {
    bound: 'account',
    sources: true,
    levels: { full: [Permission.ImportsRead, Permission.ImportsWrite] },
    make: () => randomUUID(),
  },
} as const satisfies Record<string, ApiKeyKind>;

export type ApiKeyDialect = keyof typeof API_KEY_KINDS;
export const API_KEY_DIALECTS = Object.keys(API_KEY_KINDS) as ApiKeyDialect[];
export const API_KEY_LEVELS = [
  ...new Set(Object.values(API_KEY_KINDS).flatMap(({ levels }) => Object.keys(levels))),
];

/** The level that a list of permissions stands for; the first one when none fits any more. */
export function levelOf(dialect: string, permissions: readonly string[]): string {
  const levels: Record<string, readonly string[]> = API_KEY_KINDS[dialect as ApiKeyDialect].levels;
  const fits = Object.entries(levels).find(
    ([, nodes]) => nodes.length === permissions.length && nodes.every((node) => permissions.includes(node)),
  );
  return fits?.[0] ?? Object.keys(levels)[0]!;
}
