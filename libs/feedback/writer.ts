import type { Principal } from '#libs/accounts/principal.js';
import type { ChannelRef } from './feedback.store.js';

/** Whoever writes into one channel, or reads it: a client that is bound to it, or a key with the channel of the path. */
export interface Writer extends ChannelRef {
  readonly kind: Principal['kind'];
  readonly id: string | null;
  readonly accountId: string;
}
