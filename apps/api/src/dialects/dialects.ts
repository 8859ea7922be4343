import { AdminDialect } from '#apps/api/src/admin/admin.dialect.js';
import { AdminModule } from '#apps/api/src/admin/admin.module.js';
import { InsiderConnectDialect } from './insider-connect/insider-connect.dialect.js';
import { InsiderConnectModule } from './insider-connect/insider-connect.module.js';
import { SourceImportDialect } from './source-import/source-import.dialect.js';
import { SourceImportModule } from './source-import/source-import.module.js';

/** Every public API that is served, and the module with its controllers. A new one is a line in each list. */
export const DIALECTS = [InsiderConnectDialect, SourceImportDialect, AdminDialect] as const;
export const DIALECT_MODULES = [InsiderConnectModule, SourceImportModule, AdminModule] as const;
