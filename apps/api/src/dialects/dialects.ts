import { AdminDialect } from '#apps/api/src/admin/admin.dialect.js';
import { AdminModule } from '#apps/api/src/admin/admin.module.js';
import { InsiderConnectDialect } from './insider-connect/insider-connect.dialect.js';
import { InsiderConnectModule } from './insider-connect/insider-connect.module.js';
import { UserFeedbackDialect } from './user-feedback/user-feedback.dialect.js';
import { UserFeedbackModule } from './user-feedback/user-feedback.module.js';

/** Every public API that is served, and the module with its controllers. A new one is a line in each list. */
export const DIALECTS = [InsiderConnectDialect, UserFeedbackDialect, AdminDialect] as const;
export const DIALECT_MODULES = [InsiderConnectModule, UserFeedbackModule, AdminModule] as const;
