export const TARGET_TYPES = ['server', 'network', 'service', 'extension'] as const;
export const SCOPE_TYPES = ['global', ...TARGET_TYPES] as const;

/** What a scope other than the global one is about. */
export type TargetType = (typeof TARGET_TYPES)[number];
export type ScopeType = (typeof SCOPE_TYPES)[number];

/** Where something belongs, and where a permission counts. */
export interface Scope {
  readonly type: ScopeType;
  /** Opaque, 1 to 128 characters; null for global, and for nothing else. */
  readonly id: string | null;
}

export const GLOBAL: Scope = { type: 'global', id: null };
