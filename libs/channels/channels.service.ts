import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { Channel } from './channel.entity.js';
import { ChannelsStore } from './channels.store.js';
import type { Field, FieldFormat } from './field.entity.js';
import type { FieldOption } from './field-option.entity.js';

export interface NewField {
  readonly key: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly format: FieldFormat;
  readonly editable: boolean;
  readonly personal?: boolean;
  /** The column of `feedback` that the field mirrors. */
  readonly systemColumn?: string;
  readonly options?: readonly { readonly key: string; readonly name: string }[] | undefined;
}

export interface NewChannel {
  readonly name: string;
  readonly description?: string | null | undefined;
  /** The public API that owns the channel. */
  readonly dialect: string;
  readonly fields: readonly NewField[];
}

export interface ChannelChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
}

@Injectable()
export class ChannelsService {
  constructor(
    private readonly store: ChannelsStore,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
  ) {}

  /** Makes a channel with its fields. @throws DomainError not_found (project), conflict (name; archived project) */
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
        createdAt: now,
        updatedAt: now,
      };
      const { fields, options } = schema(channel, input.fields, now);
      await this.store.insert(channel, fields, options);
      await this.announce(by, channel, 'channel.created');
      return channel;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, projectId: number, id: number): Promise<Channel> {
    await this.projects.get(by, projectId);
    const channel = await this.store.find(projectId, id);
    if (!channel) throw new DomainError('not_found', 'channel', 'There is no channel with this id.');
    return channel;
  }

  /** The channel's fields, in their order. @throws DomainError not_found */
  async fields(by: Principal, projectId: number, id: number): Promise<Field[]> {
    await this.get(by, projectId, id);
    return this.store.fields(projectId, id);
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
        updatedAt: nextUpdate(this.clock.now(), channel.updatedAt),
      };
      await this.store.update(changed);
      await this.announce(by, channel, 'channel.updated', { members: changedMembers(change) });
      return changed;
    });
  }

  private announce(by: Principal, { projectId, id }: Channel, type: string, data = {}): Promise<void> {
    return this.events.append([{ type, accountId: by.accountId, projectId, actor: by, subjectId: id, data }]);
  }
}

function schema(
  { projectId, id: channelId }: Channel,
  input: readonly NewField[],
  now: Date,
): { fields: Field[]; options: FieldOption[] } {
  const options: FieldOption[] = [];
  const fields = input.map((field, position): Field => {
    const id = uuidv7(now.getTime());
    for (const [index, option] of (field.options ?? []).entries()) {
      options.push({ projectId, id: uuidv7(now.getTime()), fieldId: id, ...option, position: index });
    }
    return {
      projectId,
      id,
      channelId,
      key: field.key,
      name: field.name,
      description: field.description ?? null,
      format: field.format,
      editable: field.editable,
      active: true,
      personal: field.personal ?? false,
      systemColumn: field.systemColumn ?? null,
      position,
      createdAt: now,
      updatedAt: now,
    };
  });
  return { fields, options };
}
