import { AdminDialect } from '#apps/api/src/admin/admin.dialect.js';
import { AdminModule } from '#apps/api/src/admin/admin.module.js';
import { InsiderConnectDialect } from './insider-connect/insider-connect.dialect.js';
import { InsiderConnectModule } from './insider-connect/insider-connect.module.js';
import { UserFeedbackDialect } from './user-feedback/user-feedback.dialect.js';
import { UserFeedbackModule } from './user-feedback/user-feedback.module.js';
import { FeelbackDialect } from './feelback/feelback.dialect.js';
import { FeelbackModule } from './feelback/feelback.module.js';
import { SourceImportDialect } from './source-import/source-import.dialect.js';
import { SourceImportModule } from './source-import/source-import.module.js';
import { ScopedFeedbackDialect } from './scoped-feedback/scoped-feedback.dialect.js';
import { ScopedFeedbackModule } from './scoped-feedback/scoped-feedback.module.js';

/** Every public API that is served, and the module with its controllers. A new one is a line in each list. */
export const DIALECTS = [
  InsiderConnectDialect,
  UserFeedbackDialect,
  FeelbackDialect,
  SourceImportDialect,
  ScopedFeedbackDialect,
  AdminDialect,
] as const;
export const DIALECT_MODULES = [
  InsiderConnectModule,
  UserFeedbackModule,
  FeelbackModule,
  SourceImportModule,
  ScopedFeedbackModule,
  AdminModule,
] as const;
