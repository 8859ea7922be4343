import { Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels/channels.module.js';
import { EventsModule } from '#libs/events/events.module.js';
import { ProjectsModule } from '#libs/projects/projects.module.js';
import { ContentCreator } from './content-creator.js';
import { ContentSetsService } from './content-sets.service.js';
import { ContentSetsStore } from './content-sets.store.js';
import { ContentTargets } from './content-targets.js';
import { ContentsService } from './contents.service.js';
import { ContentsStore } from './contents.store.js';
import { MirrorChannels } from './mirror-channels.js';

@Module({
  imports: [ChannelsModule, EventsModule, ProjectsModule],
  providers: [
    ContentSetsService,
    ContentSetsStore,
    ContentsService,
    ContentsStore,
    ContentCreator,
    ContentTargets,
    MirrorChannels,
  ],
  exports: [ContentSetsService, ContentsService, ContentTargets],
})
export class ContentSetsModule {}
