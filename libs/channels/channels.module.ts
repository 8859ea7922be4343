import { Module } from '@nestjs/common';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ChannelsService } from './channels.service.js';
import { ChannelsStore } from './channels.store.js';

@Module({
  imports: [EventsModule, ProjectsModule],
  providers: [ChannelsService, ChannelsStore],
  exports: [ChannelsService],
})
export class ChannelsModule {}
