import type { ServerPrincipal, UserPrincipal } from '#libs/accounts/principal.js';

/** Who calls this API: somebody who signed in, or a server with a secret of its own. */
export type ScopedCaller = UserPrincipal | ServerPrincipal;
