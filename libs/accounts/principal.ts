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

/** A program with an API key: of the whole account, of one project, or of some sources. */
export interface KeyPrincipal {
  readonly kind: 'key';
  readonly id: string;
  readonly accountId: string;
  /** Null: every project of the account. */
  readonly projectId: number | null;
  /** Null: every source of the account. */
  readonly sourceIds: readonly string[] | null;
  /** Permission nodes that the key carries. */
  readonly permissions: readonly string[];
}

/** A server that signed in with its own secret. It creates feedback, in its own scope and in its network's. */
export interface ServerPrincipal {
  readonly kind: 'server';
  /** Of the registered target: a UUID, unlike the id of its scope. */
  readonly id: string;
  readonly accountId: string;
  /** The id of its scope, which it names itself by. */
  readonly serverId: string;
  /** The id of its network's scope; null outside every network. */
  readonly networkId: string | null;
  /** Permission nodes that it holds, in these two scopes. */
  readonly permissions: readonly string[];
}

/** The house itself: provisioning on the command line, the demo workspace, jobs. */
export interface SystemPrincipal {
  readonly kind: 'system';
  readonly id: null;
  readonly accountId: string;
}

/** Who asks. Every credential ends at its account. */
export type Principal = UserPrincipal | ClientPrincipal | KeyPrincipal | ServerPrincipal | SystemPrincipal;
