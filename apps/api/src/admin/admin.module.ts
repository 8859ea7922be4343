import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { AuthModule } from '#libs/auth/auth.module.js';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { ImportModule } from '#libs/import/import.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ProvisioningModule } from '#apps/api/src/provisioning/provisioning.module.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { AccountsController } from './accounts.controller.js';
import { AuthController } from './auth.controller.js';
import { ChannelsController } from './channels.controller.js';
import { OAuthClientsController } from './oauth-clients.controller.js';
import { ProjectsController } from './projects.controller.js';
import { SigningKeysController } from './signing-keys.controller.js';
import { SourcesController } from './sources/sources.controller.js';
import { UserBearerStrategy } from './user-bearer.strategy.js';
import { UsersController } from './users.controller.js';

@Module({
  imports: [AccountsModule, AuthModule, ChannelsModule, ImportModule, ProjectsModule, ProvisioningModule],
  controllers: [
    AuthController,
    AccountsController,
    UsersController,
    ProjectsController,
    ChannelsController,
    OAuthClientsController,
    ApiKeysController,
    SourcesController,
    SigningKeysController,
  ],
  providers: [UserBearerStrategy],
  exports: [UserBearerStrategy],
})
export class AdminModule {}
