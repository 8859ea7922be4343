import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Channel } from './channel.entity.js';
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

  fields(projectId: number, channelId: number): Promise<Field[]> {
    return this.db.manager.find(Field, {
      where: { projectId, channelId },
      order: { position: 'ASC' },
    });
  }

  /** @throws DomainError conflict when another channel of the project has the name */
  async update(channel: Channel): Promise<void> {
    const { projectId, id, name, description, updatedAt } = channel;
    await uniqueName(() =>
      this.db.manager.update(Channel, { projectId, id }, { name, description, updatedAt }),
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
