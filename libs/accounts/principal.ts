/** Someone who signed in. */
export interface UserPrincipal {
  readonly kind: 'user';
  readonly id: string;
  readonly accountId: string;
  readonly role: 'owner' | 'member';
  /** True: runs the platform, and may make accounts. */
  readonly operator: boolean;
}

/** A program with credentials of its own, bound to one channel. */
export interface ClientPrincipal {
  readonly kind: 'client';
  readonly id: string;
  readonly accountId: string;
  readonly projectId: number;
  readonly channelId: number;
  /** Permission nodes that the credential carries. */
  readonly permissions: readonly string[];
}

/** The house itself: provisioning on the command line, the demo workspace, jobs. */
export interface SystemPrincipal {
  readonly kind: 'system';
  readonly id: null;
  readonly accountId: string;
}

/** Who asks. Every credential ends at its account. */
export type Principal = UserPrincipal | ClientPrincipal | SystemPrincipal;
