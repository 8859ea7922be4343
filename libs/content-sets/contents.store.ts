import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { conflictOn } from '#libs/platform/database/conflict-on.js';
import { Database } from '#libs/platform/database/database.js';
import { containing } from '#libs/platform/database/like-pattern.js';
import { projectOf } from '#libs/platform/ids/project-uuid.js';
import { type NumberedPage, type PageNumber, offsetOf } from '#libs/platform/paging/numbered-page.js';
import { decodeCursor, type Page, type PageRequest, toPage } from '#libs/platform/paging/page.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import type { ContentRef } from './content-ref.js';
import type { ContentSet } from './content-set.entity.js';
import { Content } from './content.entity.js';
import { CONTENT_STATES, type ContentState } from './content-state.js';

/** A set by its key in the store. */
type SetRef = Pick<ContentSet, 'projectId' | 'id'>;

/** A content of one set by its key. */
export interface ContentKeyRef {
  readonly projectId: number;
  readonly contentSetId: string;
  readonly keyDigest: Buffer;
}

/** Rows of a lookup. */
const FOUND = 10;
/** Patterns of fewer letters match too much of a trigram index for it to help. */
const SHORTEST_INDEXED = 3;

@Injectable()
export class ContentsStore {
  constructor(private readonly db: Database) {}

  /** @throws DomainError conflict when a set has a content with the key */
  async insertMany(contents: readonly Content[]): Promise<void> {
    await uniqueKey(() => this.db.manager.insert(Content, [...contents]));
  }

  /** Whoever asks: the caller looks at the content's set. */
  async find(id: string): Promise<Content | null> {
    const projectId = projectOf(id);
    return projectId === undefined
      ? null
      : this.db.manager.findOneBy(Content, { projectId, id: id.toLowerCase() });
  }

  findByKey({ projectId, contentSetId, keyDigest }: ContentKeyRef): Promise<Content | null> {
    return this.db.manager.findOneBy(Content, { projectId, contentSetId, keyDigest });
  }

  /** The contents of many keys, in their order; undefined where there is none. */
  async refsByKeys(refs: readonly ContentKeyRef[]): Promise<(ContentRef | undefined)[]> {
    const rows = await this.db.query<ContentRef & { readonly index: number }>(
      `select k.position::int - 1 as index, c.project_id as "projectId", c.id, c.content_set_id as "contentSetId", c.state
       from unnest($1::bigint[], $2::uuid[], $3::bytea[]) with ordinality
         as k (project_id, content_set_id, key_digest, position)
       join content c on c.project_id = k.project_id and c.content_set_id = k.content_set_id
         and c.key_digest = k.key_digest`,
      [
        refs.map(({ projectId }) => projectId),
        refs.map(({ contentSetId }) => contentSetId),
        refs.map(({ keyDigest }) => keyDigest),
      ],
    );
    const found: (ContentRef | undefined)[] = refs.map(() => undefined);
    for (const { index, ...ref } of rows) found[index] = ref;
    return found;
  }

  /** Those that there are, in any order. */
  findByKeys(
    { projectId, id }: SetRef,
    digests: readonly Buffer[],
  ): Promise<Pick<Content, 'id' | 'keyDigest' | 'state'>[]> {
    return this.db.manager.find(Content, {
      select: { id: true, keyDigest: true, state: true },
      where: { projectId, contentSetId: id, keyDigest: In([...digests]) },
    });
  }

  /** @throws DomainError conflict when another content of the set has the key */
  async update(content: Content): Promise<void> {
    const { projectId, id, key, keyDigest, title, description, url, searchText, state, updatedAt } = content;
    await uniqueKey(() =>
      this.db.manager.update(
        Content,
        { projectId, id },
        { key, keyDigest, title, description, url, searchText, state, updatedAt },
      ),
    );
  }

  /** Newest first. */
  async list(
    sets: readonly SetRef[],
    state: ContentState | undefined,
    request: PageNumber,
  ): Promise<NumberedPage<Content>> {
    const [row] = await this.db.query<{ count: number }>(
      `select coalesce(sum(one.count), 0)::bigint as count
       from unnest($1::bigint[], $2::uuid[]) as s (project_id, id)
       cross join lateral (
         select count(*) as count from content c
         where c.project_id = s.project_id and c.content_set_id = s.id and c.state = any ($3)
       ) as one`,
      [sets.map(({ projectId }) => projectId), sets.map(({ id }) => id), states(state)],
    );
    return { items: await this.slice(sets, state, offsetOf(request), request.limit), total: row!.count };
  }

  /** The contents of one set, newest first. */
  async page(
    set: SetRef,
    state: ContentState | undefined,
    { limit, cursor }: PageRequest,
  ): Promise<Page<Content>> {
    const after = decodeCursor(cursor, (position): position is [string] => isUuid(position[0]));
    return toPage(await this.slice([set], state, 0, limit + 1, after?.[0]), limit, ({ id }) => [id]);
  }

  /** Those whose key, title or address contains the text, or whose id it is; newest first. */
  lookup(sets: readonly SetRef[], text: string, state: ContentState | undefined): Promise<Content[]> {
    if (text === '') return this.slice(sets, state, 0, FOUND);
    if (sets.length === 0) return Promise.resolve([]);
    const query = this.db.manager
      .createQueryBuilder(Content, 'content')
      .where('content.projectId in (:...projects) and content.contentSetId in (:...sets)', {
        projects: [...new Set(sets.map(({ projectId }) => projectId))],
        sets: sets.map(({ id }) => id),
      })
      .andWhere('content.state in (:...states)', { states: states(state) });
    const id = text.toLowerCase();
    if (projectOf(id) !== undefined) query.andWhere('content.id = :id', { id });
    else
      query.andWhere(
        // An expression, which no index is on, where the index would cost more than it saves.
        text.length < SHORTEST_INDEXED
          ? `content.searchText || '' ilike :pattern`
          : 'content.searchText ilike :pattern',
        { pattern: containing(text) },
      );
    return query.orderBy('content.id', 'DESC').limit(FOUND).getMany();
  }

  /** Each set and state is read in the order of its index; what is cut out of them together is a page. */
  private async slice(
    sets: readonly SetRef[],
    state: ContentState | undefined,
    offset: number,
    limit: number,
    before?: string,
  ): Promise<Content[]> {
    const rows = await this.db.query<{ projectId: number; id: string }>(
      `select one.project_id as "projectId", one.id
       from unnest($1::bigint[], $2::uuid[]) as s (project_id, id)
       cross join unnest($3::text[]) as w (state)
       cross join lateral (
         select c.project_id, c.id from content c
         where c.project_id = s.project_id and c.content_set_id = s.id and c.state = w.state
           and ($6::uuid is null or c.id < $6::uuid)
         order by c.id desc limit $4::bigint + $5::bigint
       ) as one
       order by one.id desc offset $4 limit $5`,
      [
        sets.map(({ projectId }) => projectId),
        sets.map(({ id }) => id),
        states(state),
        offset,
        limit,
        before ?? null,
      ],
    );
    return (await this.findMany(rows)).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** Contents by their ids, in any order. */
  findMany(refs: readonly { readonly projectId: number; readonly id: string }[]): Promise<Content[]> {
    if (refs.length === 0) return Promise.resolve([]);
    return this.db.manager.find(Content, {
      where: {
        projectId: In([...new Set(refs.map(({ projectId }) => projectId))]),
        id: In(refs.map(({ id }) => id)),
      },
    });
  }
}

function states(state: ContentState | undefined): readonly ContentState[] {
  return state === undefined ? CONTENT_STATES : [state];
}

function uniqueKey(write: () => Promise<unknown>): Promise<unknown> {
  return conflictOn('content_key_key', 'content', 'The content set has a content with this key.', write);
}
