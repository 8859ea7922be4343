import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ScopesModule } from '#libs/scopes/scopes.module.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { ApiKeyAuthentication } from './api-keys/api-key-authentication.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { ApiKeysStore } from './api-keys/api-keys.store.js';
import { ClientAuthentication } from './oauth-clients/client-authentication.js';
import { OAuthClientsService } from './oauth-clients/oauth-clients.service.js';
import { OAuthClientsStore } from './oauth-clients/oauth-clients.store.js';
import { ServerAuthentication } from './servers/server-authentication.js';
import { ServerSecretsService } from './servers/server-secrets.service.js';
import { ServerSecretsStore } from './servers/server-secrets.store.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SigningKeysService } from './tokens/signing-keys.service.js';
import { SigningKeysStore } from './tokens/signing-keys.store.js';

@Module({
  imports: [AccountsModule, EventsModule, ProjectsModule, ScopesModule],
  providers: [
    AccessTokens,
    ApiKeyAuthentication,
    ApiKeysService,
    ApiKeysStore,
    ClientAuthentication,
    OAuthClientsService,
    OAuthClientsStore,
    ServerAuthentication,
    ServerSecretsService,
    ServerSecretsStore,
    SignInService,
    SigningKeysService,
    SigningKeysStore,
  ],
  exports: [
    AccessTokens,
    ApiKeyAuthentication,
    ApiKeysService,
    ClientAuthentication,
    OAuthClientsService,
    ServerAuthentication,
    ServerSecretsService,
    SignInService,
    SigningKeysService,
    ScopesModule,
  ],
})
export class AuthModule {}
