import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import type { Source } from '#libs/import/source.entity.js';
import { type NewSource, SourcesService } from '#libs/import/sources.service.js';
import { Database } from '#libs/platform/database/database.js';
import { CHANNEL_FIELDS } from '#apps/api/src/dialects/source-import/channel-schema.js';
import { NAME } from '#apps/api/src/dialects/source-import/source-import.name.js';

/** Makes sources with a channel of their own. */
@Injectable()
export class SourceProvisioning {
  constructor(
    private readonly db: Database,
    private readonly channels: ChannelsService,
    private readonly sources: SourcesService,
  ) {}

  /** @throws DomainError not_found (project), conflict (a channel of this name; archived project) */
  source(by: Principal, input: Omit<NewSource, 'channelId'>): Promise<Source> {
    return this.db.transaction(async () => {
      const channel = await this.channels.create(by, input.projectId, {
        name: input.title,
        dialect: NAME,
        fields: CHANNEL_FIELDS,
      });
      return this.sources.create(by, { ...input, channelId: channel.id });
    });
  }
}
