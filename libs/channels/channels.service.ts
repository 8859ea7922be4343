import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { Channel } from './channel.entity.js';
import type { ChannelSchema } from './channel-schema.js';
import { ChannelsStore } from './channels.store.js';
import { fieldProblems, type NewField, toFieldRows } from './new-field.js';

export interface NewChannel {
  readonly name: string;
  readonly description?: string | null | undefined;
  /** The public API that owns the channel. */
  readonly dialect: string;
  /** The most days that a range of a search may span, 365 when left out; negative: any number. */
  readonly searchMaxDays?: number | undefined;
  /** Host names that links to images may name; left out or empty, any. */
  readonly imageHosts?: readonly string[] | undefined;
  readonly fields: readonly NewField[];
}

export interface ChannelChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly searchMaxDays?: number | undefined;
  readonly imageHosts?: readonly string[] | undefined;
}

const SEARCH_MAX_DAYS = 365;

@Injectable()
export class ChannelsService {
  /** Asked for on every request that reads or writes by a channel's schema. */
  private readonly schemas: FreshCache<Awaited<ReturnType<ChannelsStore['schema']>>>;

  constructor(
    private readonly store: ChannelsStore,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {
    this.schemas = new FreshCache({
      feed: changes,
      topic: 'channel',
      max: 1_000,
      load: (key) => {
        const [projectId, id] = key.split('/').map(Number);
        return this.store.schema(projectId!, id!);
      },
    });
  }

  /**
   * Makes a channel with its fields.
   * @throws DomainError not_found (project), conflict (name; archived project), invalid (a field)
   */
  create(by: Principal, projectId: number, input: NewChannel): Promise<Channel> {
    return this.db.transaction(async () => {
      await this.projects.get(by, projectId);
      await this.projects.requireWritable(projectId);
      const now = this.clock.now();
      const channel: Channel = {
        projectId,
        id: await this.store.nextId(),
        name: input.name,
        description: input.description ?? null,
        dialect: input.dialect,
        searchMaxDays: input.searchMaxDays ?? SEARCH_MAX_DAYS,
        imageHosts: lowerCase(input.imageHosts ?? []),
        createdAt: now,
        updatedAt: now,
      };
      const rows = input.fields.map((field, position) => {
        const [problem] = fieldProblems(field);
        if (problem) throw new DomainError('invalid', 'field', problem.message, { violations: [problem] });
        return toFieldRows(channel, field, position, now);
      });
      await this.store.insert(
        channel,
        rows.map(({ field }) => field),
        rows.flatMap(({ options }) => options),
      );
      await this.announce(by, channel, 'channel.created');
      return channel;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, projectId: number, id: number): Promise<Channel> {
    await this.projects.get(by, projectId);
    const channel = await this.store.find(projectId, id);
    if (!channel) throw channelNotFound();
    return channel;
  }

  /** The channel with its fields and options, at most two seconds old. @throws DomainError not_found */
  async schema(by: Pick<Principal, 'accountId'>, projectId: number, id: number): Promise<ChannelSchema> {
    const found = await this.schemas.get(`${projectId}/${id}`);
    if (found?.accountId !== by.accountId) throw channelNotFound();
    return found.schema;
  }

  /** @throws DomainError not_found (project) */
  async page(by: Principal, projectId: number, request: PageRequest): Promise<Page<Channel>> {
    await this.projects.get(by, projectId);
    return this.store.page(projectId, request);
  }

  /** @throws DomainError not_found, conflict */
  update(by: Principal, projectId: number, id: number, change: ChannelChange): Promise<Channel> {
    return this.db.transaction(async () => {
      const channel = await this.get(by, projectId, id);
      await this.projects.requireWritable(projectId);
      const changed: Channel = {
        ...channel,
        name: change.name ?? channel.name,
        description: change.description === undefined ? channel.description : change.description,
        searchMaxDays: change.searchMaxDays ?? channel.searchMaxDays,
        imageHosts: change.imageHosts ? lowerCase(change.imageHosts) : channel.imageHosts,
        updatedAt: nextUpdate(this.clock.now(), channel.updatedAt),
      };
      await this.store.update(changed);
      await this.announce(by, channel, 'channel.updated', { members: changedMembers(change) });
      await this.changes.announce('channel', `${projectId}/${id}`);
      return changed;
    });
  }

  private announce(by: Principal, { projectId, id }: Channel, type: string, data = {}): Promise<void> {
    return this.events.append([{ type, accountId: by.accountId, projectId, actor: by, subjectId: id, data }]);
  }
}

/** Host names as URL shows them. */
function lowerCase(hosts: readonly string[]): string[] {
  return [...new Set(hosts.map((host) => host.toLowerCase()))];
}

function channelNotFound(): DomainError {
  return new DomainError('not_found', 'channel', 'There is no channel with this id.');
}
