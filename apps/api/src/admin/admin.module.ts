import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { AuthModule } from '#libs/auth/auth.module.js';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ScopesModule } from '#libs/scopes/scopes.module.js';
import { ProvisioningModule } from '#apps/api/src/provisioning/provisioning.module.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { GrantsController } from './grants/grants.controller.js';
import { PermissionsController } from './permissions/permissions.controller.js';
import { AssignmentsController } from './roles/assignments.controller.js';
import { RolesController } from './roles/roles.controller.js';
import { ScopeTargetsController } from './scope-targets/scope-targets.controller.js';
import { ServerSecretsController } from './scope-targets/server-secrets.controller.js';
import { AccountsController } from './accounts.controller.js';
import { AuthController } from './auth.controller.js';
import { ChannelsController } from './channels.controller.js';
import { OAuthClientsController } from './oauth-clients.controller.js';
import { ProjectsController } from './projects.controller.js';
import { SigningKeysController } from './signing-keys.controller.js';
import { UserBearerStrategy } from './user-bearer.strategy.js';
import { UsersController } from './users.controller.js';

@Module({
  imports: [AccountsModule, AuthModule, ChannelsModule, ProjectsModule, ProvisioningModule, ScopesModule],
  controllers: [
    AuthController,
    AccountsController,
    UsersController,
    ProjectsController,
    ChannelsController,
    OAuthClientsController,
    ApiKeysController,
    RolesController,
    AssignmentsController,
    GrantsController,
    PermissionsController,
    ScopeTargetsController,
    ServerSecretsController,
    SigningKeysController,
  ],
  providers: [UserBearerStrategy],
  exports: [UserBearerStrategy],
})
export class AdminModule {}
