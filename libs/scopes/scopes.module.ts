import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { Authority } from './authority.js';
import { HoldingsStore } from './evaluation/holdings.store.js';
import { GrantsService } from './grants/grants.service.js';
import { GrantsStore } from './grants/grants.store.js';
import { ManagedUsersService } from './managed-users.service.js';
import { PermissionEvaluator } from './permission-evaluator.js';
import { AssignmentsService } from './roles/assignments.service.js';
import { AssignmentsStore } from './roles/assignments.store.js';
import { RolesService } from './roles/roles.service.js';
import { RolesStore } from './roles/roles.store.js';
import { ScopedPermissions } from './scoped-permissions.js';
import { TargetsService } from './targets/targets.service.js';
import { TargetsStore } from './targets/targets.store.js';

@Module({
  imports: [AccountsModule, EventsModule],
  providers: [
    AssignmentsService,
    AssignmentsStore,
    Authority,
    GrantsService,
    GrantsStore,
    HoldingsStore,
    ManagedUsersService,
    RolesService,
    RolesStore,
    ScopedPermissions,
    TargetsService,
    TargetsStore,
    { provide: PermissionEvaluator, useExisting: ScopedPermissions },
  ],
  exports: [
    AssignmentsService,
    Authority,
    GrantsService,
    ManagedUsersService,
    PermissionEvaluator,
    RolesService,
    ScopedPermissions,
    TargetsService,
  ],
})
export class ScopesModule {}
