import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Project } from '#libs/projects/project.entity.js';
import { automaticFields } from './automatic-fields.js';
import { Channel } from './channel.entity.js';
import type { ChannelSchema } from './channel-schema.js';
import { Field } from './field.entity.js';
import { FieldOption } from './field-option.entity.js';

@Injectable()
export class ChannelsStore {
  constructor(private readonly db: Database) {}

  async nextId(): Promise<number> {
    const [row] = await this.db.query<{ id: number }>(`select nextval('channel_id_seq') as id`);
    return row!.id;
  }

  /** @throws DomainError conflict when a channel of the project has the name */
  async insert(channel: Channel, fields: readonly Field[], options: readonly FieldOption[]): Promise<void> {
    await uniqueName(() => this.db.manager.insert(Channel, channel));
    if (fields.length > 0) await this.db.manager.insert(Field, [...fields]);
    if (options.length > 0) await this.db.manager.insert(FieldOption, [...options]);
  }

  find(projectId: number, id: number): Promise<Channel | null> {
    return this.db.manager.findOneBy(Channel, { projectId, id });
  }

  /** A channel with its fields and their options, and the account that it belongs to. */
  async schema(
    projectId: number,
    id: number,
  ): Promise<{ readonly accountId: string; readonly schema: ChannelSchema } | undefined> {
    const channel = await this.find(projectId, id);
    const project = channel && (await this.db.manager.findOneBy(Project, { id: projectId }));
    if (!project) return undefined;
    const fields = await this.db.manager.find(Field, {
      where: { projectId, channelId: id },
      order: { position: 'ASC', id: 'ASC' },
    });
    const options = await this.db.manager.find(FieldOption, {
      where: { projectId, fieldId: In(fields.map((field) => field.id)), removedAt: IsNull() },
      order: { position: 'ASC', id: 'ASC' },
    });
    const byField = Map.groupBy(options, ({ fieldId }) => fieldId);
    return {
      accountId: project.accountId,
      schema: {
        channel,
        fields: fields.map((field) => Object.assign(field, { options: byField.get(field.id) ?? [] })),
        automatic: automaticFields(channel),
      },
    };
  }

  /** Holds the channel until the transaction ends, so that changes of its fields take turns; false when there is none. */
  async lock(projectId: number, id: number): Promise<boolean> {
    const rows = await this.db.query('select 1 from channel where project_id = $1 and id = $2 for update', [
      projectId,
      id,
    ]);
    return rows.length > 0;
  }

  /** @throws DomainError conflict when another channel of the project has the name */
  async update(channel: Channel): Promise<void> {
    const { projectId, id, name, description, searchMaxDays, imageHosts, updatedAt } = channel;
    await uniqueName(() =>
      this.db.manager.update(
        Channel,
        { projectId, id },
        { name, description, searchMaxDays, imageHosts, updatedAt },
      ),
    );
  }

  async page(projectId: number, { limit, cursor }: PageRequest): Promise<Page<Channel>> {
    const after = decodeCursor(cursor, (position): position is [number] => Number.isSafeInteger(position[0]));
    const rows = await this.db.manager.find(Channel, {
      where: { projectId, ...(after && { id: MoreThan(after[0]) }) },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }
}

function uniqueName(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn('channel_name_key', 'channel', 'A channel of this project has this name.', write);
}
