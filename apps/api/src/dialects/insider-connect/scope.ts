import { Permission } from '#libs/scopes/permission.js';

/** Scopes of the tokens (the words of the wire) and the permissions that they stand for. */
const SCOPES = {
  'feedback.read': Permission.FeedbackRead,
  'feedback.write': Permission.FeedbackWrite,
} as const;

export type Scope = keyof typeof SCOPES;

export const ALL_SCOPES = Object.keys(SCOPES) as Scope[];

/** The permissions of a space-separated list of scopes; undefined when one of them is unknown. */
export function permissionsOf(scope: string): string[] | undefined {
  const names = scope.split(' ').filter(Boolean);
  return names.every((name): name is Scope => Object.hasOwn(SCOPES, name))
    ? names.map((name) => SCOPES[name as Scope])
    : undefined;
}

/** The scopes that stand for these permissions, in a fixed order. */
export function scopesOf(permissions: readonly string[]): Scope[] {
  return ALL_SCOPES.filter((name) => permissions.includes(SCOPES[name]));
}
