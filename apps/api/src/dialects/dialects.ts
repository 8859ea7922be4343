import { AdminDialect } from '#apps/api/src/admin/admin.dialect.js';
import { AdminModule } from '#apps/api/src/admin/admin.module.js';
import { InsiderConnectDialect } from './insider-connect/insider-connect.dialect.js';
import { InsiderConnectModule } from './insider-connect/insider-connect.module.js';
import { ScopedFeedbackDialect } from './scoped-feedback/scoped-feedback.dialect.js';
import { ScopedFeedbackModule } from './scoped-feedback/scoped-feedback.module.js';
import { UserFeedbackDialect } from './user-feedback/user-feedback.dialect.js';
import { UserFeedbackModule } from './user-feedback/user-feedback.module.js';

/** Every public API that is served, and the module with its controllers. A new one is a line in each list. */
export const DIALECTS = [
  InsiderConnectDialect,
  UserFeedbackDialect,
  ScopedFeedbackDialect,
  AdminDialect,
] as const;
export const DIALECT_MODULES = [
  InsiderConnectModule,
  UserFeedbackModule,
  ScopedFeedbackModule,
  AdminModule,
] as const;
