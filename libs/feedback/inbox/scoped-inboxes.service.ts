import { Injectable } from '@nestjs/common';
import type { SystemPrincipal } from '#libs/accounts/principal.js';
import { ChannelsService, type NewChannel } from '#libs/channels/channels.service.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { ScopedInbox } from './scoped-inbox.entity.js';
import { ScopedInboxStore } from './scoped-inbox.store.js';

/** How an inbox is made: the name of its project, and its channel. */
export interface InboxPlan {
  readonly projectName: string;
  readonly channel: NewChannel;
}

/** Projects that may bear the plan's name before an inbox gives up looking for one. */
const NAMES_TRIED = 10;

/** The one scoped inbox of each account, made when it is first needed. */
@Injectable()
export class ScopedInboxes {
  private readonly known: FreshCache<ScopedInbox | null>;

  constructor(
    private readonly store: ScopedInboxStore,
    private readonly projects: ProjectsService,
    private readonly channels: ChannelsService,
    private readonly db: Database,
    private readonly clock: Clock,
    feed: ChangeFeed,
  ) {
    this.known = new FreshCache({
      feed,
      topic: 'account',
      clearOn: ['project'],
      load: (accountId) => this.store.find(accountId),
    });
  }

  /** The account's inbox; null while it has none. */
  async find(accountId: string): Promise<ScopedInbox | null> {
    // That there was none is not trusted: who has just created something reads it next.
    return (await this.known.get(accountId)) ?? this.store.find(accountId);
  }

  /** The account's inbox, made now if there is none; two callers at once get the same one. */
  async ensure(accountId: string, plan: InboxPlan): Promise<ScopedInbox> {
    const known = await this.find(accountId);
    if (known) return known;
    for (let n = 1; ; n++) {
      try {
        return await this.make(accountId, plan, n);
      } catch (error) {
        // A project of the operator's bears the name already.
        const isTaken = error instanceof DomainError && error.code === 'conflict';
        if (!isTaken || error.subject !== 'project' || n === NAMES_TRIED) throw error;
      }
    }
  }

  private make(accountId: string, { projectName, channel }: InboxPlan, n: number): Promise<ScopedInbox> {
    const system: SystemPrincipal = { kind: 'system', id: null, accountId };
    return this.db.transaction(async () => {
      await this.store.lockAccount(accountId);
      const made = await this.store.find(accountId);
      if (made) return made;
      const project = await this.projects.create(system, {
        name: n === 1 ? projectName : `${projectName} ${n}`,
        timeZone: 'UTC',
      });
      const { id: channelId } = await this.channels.create(system, project.id, channel);
      const inbox: ScopedInbox = {
        accountId,
        projectId: project.id,
        channelId,
        createdAt: this.clock.now(),
      };
      await this.store.insert(inbox);
      return inbox;
    });
  }
}
