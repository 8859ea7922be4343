import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Database } from '#libs/platform/database/database.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Source } from './source.entity.js';

export interface SourceFilter {
  readonly projectId?: number | undefined;
}

@Injectable()
export class SourcesStore {
  constructor(private readonly db: Database) {}

  async insert(source: Source): Promise<void> {
    await this.db.manager.insert(Source, source);
  }

  find(accountId: string, id: string): Promise<Source | null> {
    return this.db.manager.findOneBy(Source, { accountId, id });
  }

  async update(source: Source): Promise<void> {
    const { accountId, id, title, timeZone, sensitivity, enabled, archivedAt, updatedAt } = source;
    await this.db.manager.update(
      Source,
      { accountId, id },
      { title, timeZone, sensitivity, enabled, archivedAt, updatedAt },
    );
  }

  async page(accountId: string, filter: SourceFilter, { limit, cursor }: PageRequest): Promise<Page<Source>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(Source, {
      where: {
        accountId,
        ...(filter.projectId !== undefined && { projectId: filter.projectId }),
        ...(after && { id: MoreThan(after[0]) }),
      },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }
}
