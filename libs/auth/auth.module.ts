import { Module } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/accounts.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { ScopesModule } from '#libs/scopes/scopes.module.js';
import { AccessTokens } from './access-tokens.js';
import { ClientAuthentication } from './client-authentication.js';
import { OAuthClientsService } from './oauth-clients.service.js';
import { OAuthClientsStore } from './oauth-clients.store.js';
import { SignInService } from './sign-in.service.js';
import { SigningKeysService } from './signing-keys.service.js';
import { SigningKeysStore } from './signing-keys.store.js';

@Module({
  imports: [AccountsModule, EventsModule, ScopesModule],
  providers: [
    AccessTokens,
    ClientAuthentication,
    OAuthClientsService,
    OAuthClientsStore,
    SignInService,
    SigningKeysService,
    SigningKeysStore,
  ],
  exports: [
    AccessTokens,
    ClientAuthentication,
    OAuthClientsService,
    SignInService,
    SigningKeysService,
    ScopesModule,
  ],
})
export class AuthModule {}
