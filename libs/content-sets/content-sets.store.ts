import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { Account } from '#libs/accounts/account.entity.js';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { containing } from '#libs/platform/database/like-pattern.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import { type NumberedPage, type PageNumber, offsetOf } from '#libs/platform/paging/numbered-page.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { Project } from '#libs/projects/project.entity.js';
import { ContentSet } from './content-set.entity.js';
import type { ContentState } from './content-state.js';
import { projectOf } from '#libs/platform/ids/project-uuid.js';

/** What a list of sets is narrowed to; what is left out does not matter. */
export interface ContentSetFilter {
  readonly state?: ContentState | undefined;
  readonly projectId?: number | undefined;
  readonly schemas?: readonly string[] | undefined;
}

/** A set with what else decides whether it takes feelbacks. */
export interface OpenSet {
  readonly set: ContentSet;
  /** True: the project is not archived, and the account is active. */
  readonly writable: boolean;
}

/** Rows of a lookup. */
const FOUND = 10;

@Injectable()
export class ContentSetsStore {
  constructor(private readonly db: Database) {}

  /** @throws DomainError conflict when the project has a set with the key */
  async insert(set: ContentSet): Promise<void> {
    await uniqueKey(() => this.db.manager.insert(ContentSet, set));
  }

  async find(accountId: string, id: string): Promise<ContentSet | null> {
    const projectId = projectOf(id);
    return projectId === undefined
      ? null
      : this.db.manager.findOneBy(ContentSet, { projectId, id: id.toLowerCase(), accountId });
  }

  findByKey(accountId: string, projectId: number, key: string): Promise<ContentSet | null> {
    return this.db.manager.findOneBy(ContentSet, { projectId, key, accountId });
  }

  /** The set, whoever asks, as a feelback needs it. */
  async findOpen(id: string): Promise<OpenSet | undefined> {
    const projectId = projectOf(id);
    if (projectId === undefined) return undefined;
    const { entities, raw } = await this.db.manager
      .createQueryBuilder(ContentSet, 'set')
      .innerJoin(Project, 'project', 'project.id = set.projectId')
      .innerJoin(Account, 'account', 'account.id = set.accountId')
      .addSelect('project.archived_at is null and account.active', 'writable')
      .where('set.projectId = :projectId and set.id = :id', { projectId, id })
      .getRawAndEntities<{ writable: boolean }>();
    return entities[0] && { set: entities[0], writable: raw[0]!.writable };
  }

  /** Holds the set until the transaction ends. */
  lock(projectId: number, id: string): Promise<ContentSet | null> {
    return this.db.manager
      .createQueryBuilder(ContentSet, 'set')
      .setLock('for_no_key_update')
      .where('set.projectId = :projectId and set.id = :id', { projectId, id })
      .getOne();
  }

  /** What an owner may change. @throws DomainError conflict when another set of the project has the key */
  async update(set: ContentSet): Promise<void> {
    const { projectId, id, key, name, description, state, autoContent, publicAggregates } = set;
    const { revokeWindowSeconds, maxContents, mirrorChannelId, updatedAt } = set;
    await uniqueKey(() =>
      this.db.manager.update(
        ContentSet,
        { projectId, id },
        {
          key,
          name,
          description,
          state,
          autoContent,
          publicAggregates,
          revokeWindowSeconds,
          maxContents,
          mirrorChannelId,
          updatedAt,
        },
      ),
    );
  }

  async setDiscovered({ projectId, id }: ContentSet, discovered: string[]): Promise<void> {
    await this.db.manager.update(ContentSet, { projectId, id }, { discovered });
  }

  async addContents({ projectId, id }: ContentSet, added: number): Promise<void> {
    await this.db.manager.increment(ContentSet, { projectId, id }, 'contentCount', added);
  }

  /** Newest first. */
  async list(
    accountId: string,
    filter: ContentSetFilter,
    request: PageNumber,
  ): Promise<NumberedPage<ContentSet>> {
    const [items, count] = await this.db.manager.findAndCount(ContentSet, {
      where: { accountId, ...narrowed(filter) },
      order: { id: 'DESC' },
      skip: offsetOf(request),
      take: request.limit,
    });
    return { items, total: count };
  }

  /** Oldest first. */
  async page(
    accountId: string,
    filter: ContentSetFilter,
    { limit, cursor }: PageRequest,
  ): Promise<Page<ContentSet>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    const rows = await this.db.manager.find(ContentSet, {
      where: { accountId, ...narrowed(filter), ...(after && { id: MoreThan(after[0]) }) },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** Those whose name or key contains the text, or whose id it is; newest first. */
  lookup(accountId: string, text: string, filter: ContentSetFilter): Promise<ContentSet[]> {
    const query = this.db.manager
      .createQueryBuilder(ContentSet, 'set')
      .where({ accountId, ...narrowed(filter) });
    if (text !== '')
      query.andWhere('(set.name ilike :pattern or set.key ilike :pattern or set.id::text = :id)', {
        pattern: containing(text),
        id: text.toLowerCase(),
      });
    return query.orderBy('set.id', 'DESC').limit(FOUND).getMany();
  }

  /** Every set of the account that the filter leaves. */
  all(accountId: string, filter: ContentSetFilter): Promise<ContentSet[]> {
    return this.db.manager.find(ContentSet, { where: { accountId, ...narrowed(filter) } });
  }
}

function narrowed({ state, projectId, schemas }: ContentSetFilter) {
  return {
    ...(state !== undefined && { state }),
    ...(projectId !== undefined && { projectId }),
    ...(schemas !== undefined && { schema: In([...schemas]) as never }),
  };
}

function uniqueKey(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn(
    'content_set_key_key',
    'content-set',
    'The project has a content set with this key.',
    write,
  );
}
