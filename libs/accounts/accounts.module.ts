import { Module } from '@nestjs/common';
import { EventsModule } from '#libs/events/events.module.js';
import { AccountsService } from './accounts.service.js';
import { AccountsStore } from './accounts.store.js';
import { UserDirectory } from './user-directory.js';
import { UsersService } from './users.service.js';
import { UsersStore } from './users.store.js';

@Module({
  imports: [EventsModule],
  providers: [AccountsService, AccountsStore, UserDirectory, UsersService, UsersStore],
  exports: [AccountsService, UserDirectory, UsersService, UsersStore],
})
export class AccountsModule {}
