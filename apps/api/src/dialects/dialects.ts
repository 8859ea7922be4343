import { AdminDialect } from '#apps/api/src/admin/admin.dialect.js';
import { AdminModule } from '#apps/api/src/admin/admin.module.js';
import { FeelbackDialect } from './feelback/feelback.dialect.js';
import { FeelbackModule } from './feelback/feelback.module.js';
import { InsiderConnectDialect } from './insider-connect/insider-connect.dialect.js';
import { InsiderConnectModule } from './insider-connect/insider-connect.module.js';

/** Every public API that is served, and the module with its controllers. A new one is a line in each list. */
export const DIALECTS = [InsiderConnectDialect, FeelbackDialect, AdminDialect] as const;
export const DIALECT_MODULES = [InsiderConnectModule, FeelbackModule, AdminModule] as const;
