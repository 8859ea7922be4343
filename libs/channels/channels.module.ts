import { Module } from '@nestjs/common';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ChannelsService } from './channels.service.js';
import { ChannelsStore } from './channels.store.js';
import { FieldsService } from './fields.service.js';
import { FieldsStore } from './fields.store.js';
import { OptionsService } from './options.service.js';

@Module({
  imports: [EventsModule, ProjectsModule],
  providers: [ChannelsService, ChannelsStore, FieldsService, FieldsStore, OptionsService],
  exports: [ChannelsService, FieldsService, OptionsService],
})
export class ChannelsModule {}
