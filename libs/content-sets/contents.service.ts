import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { sha256 } from '#libs/platform/crypto/secrets.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { ContentCreator } from './content-creator.js';
import { contentNotFound } from './content-not-found.js';
import { ContentSetsService } from './content-sets.service.js';
import { ContentSetsStore } from './content-sets.store.js';
import type { ContentState } from './content-state.js';
import { contentKeyId } from './content-targets.js';
import type { Content } from './content.entity.js';
import { ContentsStore } from './contents.store.js';
import { type ContentDetails, searchText } from './new-content.js';

export interface NewContent extends ContentDetails {
  readonly contentSetId: string;
  readonly key: string;
}

export interface ContentChange extends ContentDetails {
  readonly key?: string | undefined;
  readonly state?: ContentState | undefined;
}

/** What a list of contents is narrowed to; what is left out does not matter. */
export interface ContentFilter {
  readonly state?: ContentState | undefined;
  readonly projectId?: number | undefined;
  readonly contentSetId?: string | undefined;
}

@Injectable()
export class ContentsService {
  constructor(
    private readonly store: ContentsStore,
    private readonly setsStore: ContentSetsStore,
    private readonly sets: ContentSetsService,
    private readonly creator: ContentCreator,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /** @throws DomainError not_found (set), unprocessable (archived or full set, archived project), conflict (key) */
  create(by: Principal, { contentSetId, key, ...details }: NewContent): Promise<Content> {
    return this.db.transaction(async () => {
      const set = await this.sets.get(by, contentSetId);
      const { archivedAt } = await this.projects.get(by, set.projectId);
      if (archivedAt || set.state === 'archived')
        throw new DomainError(
          'unprocessable',
          'content-set',
          'The content set or its project is archived: it takes no new contents.',
        );
      return this.creator.create(by, set, key, details);
    });
  }

  /** A content of the caller's account. @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<Content> {
    const content = await this.find(by, id);
    if (!content) throw contentNotFound();
    return content;
  }

  /** A content of the caller's account; null where there is none. */
  async find(by: Principal, id: string): Promise<Content | null> {
    const content = await this.store.find(id);
    return content && (await this.setsStore.find(by.accountId, content.contentSetId)) && content;
  }

  /** Contents by ids that the caller was found to own; in any order. */
  findMany(refs: readonly { readonly projectId: number; readonly id: string }[]): Promise<Content[]> {
    return this.store.findMany(refs);
  }

  /** Newest first. A project or a set that is not the caller's has no contents. */
  async list(by: Principal, filter: ContentFilter, request: PageNumber): Promise<NumberedPage<Content>> {
    return this.store.list(await this.sets.narrowed(by, placeOf(filter)), filter.state, request);
  }

  /** The contents of one set, newest first. @throws DomainError not_found */
  async page(
    by: Principal,
    contentSetId: string,
    filter: Pick<ContentFilter, 'state'>,
    request: PageRequest,
  ): Promise<Page<Content>> {
    return this.store.page(await this.sets.get(by, contentSetId), filter.state, request);
  }

  /** The first ten, newest first, whose key, title or address contains the text, whatever the case, or whose id it is. */
  async lookup(by: Principal, text: string, filter: ContentFilter): Promise<Content[]> {
    return this.store.lookup(await this.sets.narrowed(by, placeOf(filter)), text, filter.state);
  }

  /** Whether there is a content with this id, or with this key in this set. */
  async exists(
    by: Principal,
    which: string | { readonly contentSetId: string; readonly key: string },
  ): Promise<boolean> {
    const content = typeof which === 'string' ? await this.find(by, which) : await this.findByKey(by, which);
    return content !== null;
  }

  /** What is left out stays as it is. @throws DomainError not_found, conflict (key) */
  update(by: Principal, id: string, change: ContentChange): Promise<Content> {
    return this.db.transaction(async () => {
      const { contentSetId, projectId } = await this.get(by, id);
      // Takes turns with those who make contents of the set.
      await this.setsStore.lock(projectId, contentSetId);
      const content = await this.get(by, id);
      const key = change.key ?? content.key;
      const title = change.title === undefined ? content.title : change.title;
      const url = change.url === undefined ? content.url : change.url;
      const changed: Content = {
        ...content,
        key,
        keyDigest: sha256(key),
        title,
        description: change.description === undefined ? content.description : change.description,
        url,
        searchText: searchText(key, title, url),
        state: change.state ?? content.state,
        updatedAt: nextUpdate(this.clock.now(), content.updatedAt),
      };
      await this.store.update(changed);
      await this.announce(by, content, changed, change);
      return changed;
    });
  }

  /** Puts a content away; again changes nothing. @throws DomainError not_found */
  archive(by: Principal, id: string): Promise<Content> {
    return this.setState(by, id, 'archived');
  }

  /** Any state may follow any other; the same one again changes nothing. @throws DomainError not_found */
  async setState(by: Principal, id: string, state: ContentState): Promise<Content> {
    const content = await this.get(by, id);
    return content.state === state ? content : this.update(by, id, { state });
  }

  private async findByKey(
    by: Principal,
    { contentSetId, key }: { readonly contentSetId: string; readonly key: string },
  ): Promise<Content | null> {
    const set = await this.setsStore.find(by.accountId, contentSetId);
    return (
      set && this.store.findByKey({ projectId: set.projectId, contentSetId: set.id, keyDigest: sha256(key) })
    );
  }

  private async announce(
    by: Principal,
    before: Content,
    after: Content,
    change: ContentChange,
  ): Promise<void> {
    for (const id of new Set([after.id, contentKeyId(before), contentKeyId(after)]))
      await this.changes.announce('content', id);
    await this.events.append([
      {
        type: 'content.updated',
        accountId: by.accountId,
        projectId: after.projectId,
        actor: by,
        subjectId: after.id,
        data: { contentSetId: after.contentSetId, members: changedMembers(change), state: after.state },
      },
    ]);
  }
}

/** The state is the contents' own, not that of the sets they lie in. */
function placeOf({ projectId, contentSetId }: ContentFilter): Omit<ContentFilter, 'state'> {
  return { projectId, contentSetId };
}
