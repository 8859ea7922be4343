import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { AuthModule } from '#libs/auth/auth.module.js';
import { CategoriesModule } from '#libs/categories/categories.module.js';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { ContentSetsModule } from '#libs/content-sets/content-sets.module.js';
import { FeedbackModule } from '#libs/feedback/feedback.module.js';
import { ImportModule } from '#libs/import/import.module.js';
import { IssuesModule } from '#libs/issues/issues.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ScopesModule } from '#libs/scopes/scopes.module.js';
import { StatisticsModule } from '#libs/statistics/statistics.module.js';
import { ProvisioningModule } from '#apps/api/src/provisioning/provisioning.module.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { AuthController } from './auth/auth.controller.js';
import { CategoriesController } from './categories/categories.controller.js';
import { ChannelsController } from './channels/channels.controller.js';
import { FieldsController } from './channels/fields.controller.js';
import { OptionsController } from './channels/options.controller.js';
import { ContentSetsController } from './content-sets/content-sets.controller.js';
import { ContentsController } from './content-sets/contents.controller.js';
import { FeedbackController } from './feedback/feedback.controller.js';
import { GrantsController } from './grants/grants.controller.js';
import { IssuesController } from './issues/issues.controller.js';
import { OAuthClientsController } from './oauth-clients/oauth-clients.controller.js';
import { PermissionsController } from './permissions/permissions.controller.js';
import { ProjectsController } from './projects/projects.controller.js';
import { AssignmentsController } from './roles/assignments.controller.js';
import { RolesController } from './roles/roles.controller.js';
import { ScopeTargetsController } from './scope-targets/scope-targets.controller.js';
import { ServerSecretsController } from './scope-targets/server-secrets.controller.js';
import { SigningKeysController } from './signing-keys/signing-keys.controller.js';
import { SourcesController } from './sources/sources.controller.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { UsersController } from './users/users.controller.js';

@Module({
  imports: [
    AccountsModule,
    AuthModule,
    CategoriesModule,
    ChannelsModule,
    ContentSetsModule,
    FeedbackModule,
    ImportModule,
    IssuesModule,
    ProjectsModule,
    ProvisioningModule,
    ScopesModule,
    StatisticsModule,
  ],
  controllers: [
    AuthController,
    AccountsController,
    UsersController,
    ProjectsController,
    ChannelsController,
    FieldsController,
    OptionsController,
    CategoriesController,
    IssuesController,
    OAuthClientsController,
    ApiKeysController,
    RolesController,
    AssignmentsController,
    GrantsController,
    PermissionsController,
    ScopeTargetsController,
    ServerSecretsController,
    ContentSetsController,
    ContentsController,
    SourcesController,
    SigningKeysController,
    FeedbackController,
    StatisticsController,
  ],
})
export class AdminModule {}
