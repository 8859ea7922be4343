/** Chorus, but everybody may do everything: what is left out is the evaluation of permissions, and nothing else. */
import { ScopedPermissions } from '#libs/scopes/scoped-permissions.js';

ScopedPermissions.prototype.allows = () => true;
await import('#apps/api/src/main.js');
