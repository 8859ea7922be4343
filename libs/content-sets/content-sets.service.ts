import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { projectUuid } from '#libs/platform/ids/project-uuid.js';
import type { NumberedPage, PageNumber } from '#libs/platform/paging/numbered-page.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { contentSetNotFound } from './content-set-not-found.js';
import type { ContentSet } from './content-set.entity.js';
import { type ContentSetFilter, ContentSetsStore } from './content-sets.store.js';
import type { ContentState } from './content-state.js';
import { MirrorChannels } from './mirror-channels.js';
import { normalizeConfig } from './schemas/normalize-config.js';
import type { Schema } from './schemas/schema.js';

export interface NewContentSet {
  readonly projectId: number;
  readonly key: string;
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly schema: Schema;
  /** As somebody wrote it: see `normalizeConfig`. */
  readonly config?: unknown;
  /** Default true. */
  readonly autoContent?: boolean | undefined;
  /** Default false. */
  readonly publicAggregates?: boolean | undefined;
  /** Default a day. */
  readonly revokeWindowSeconds?: number | undefined;
  /** Default 100,000. */
  readonly maxContents?: number | undefined;
  /** A channel of the project, for sets of words: what people write is feedback there, too. Default none. */
  readonly mirrorChannelId?: number | null | undefined;
}

export interface ContentSetChange {
  readonly key?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly autoContent?: boolean | undefined;
  readonly publicAggregates?: boolean | undefined;
  readonly revokeWindowSeconds?: number | undefined;
  readonly maxContents?: number | undefined;
  /** For feelbacks from then on; null: none. */
  readonly mirrorChannelId?: number | null | undefined;
  readonly state?: ContentState | undefined;
}

const DAY_SECONDS = 86_400;
const MAX_CONTENTS = 100_000;

@Injectable()
export class ContentSetsService {
  constructor(
    private readonly store: ContentSetsStore,
    private readonly projects: ProjectsService,
    private readonly mirrors: MirrorChannels,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /** @throws DomainError not_found (project), unprocessable (archived project), conflict (key), invalid (config, channel) */
  create(by: Principal, input: NewContentSet): Promise<ContentSet> {
    return this.db.transaction(async () => {
      const project = await this.projects.get(by, input.projectId);
      if (project.archivedAt)
        throw new DomainError(
          'unprocessable',
          'project',
          'This project is archived: it takes no new content sets.',
        );
      const now = this.clock.now();
      const set: ContentSet = {
        projectId: project.id,
        id: projectUuid(project.id, now.getTime()),
        accountId: by.accountId,
        key: input.key,
        name: input.name,
        description: input.description ?? null,
        state: 'active',
        schema: input.schema,
        config: normalizeConfig(input.schema, input.config),
        discovered: [],
        autoContent: input.autoContent ?? true,
        publicAggregates: input.publicAggregates ?? false,
        revokeWindowSeconds: input.revokeWindowSeconds ?? DAY_SECONDS,
        maxContents: input.maxContents ?? MAX_CONTENTS,
        contentCount: 0,
        mirrorChannelId: input.mirrorChannelId ?? null,
        createdAt: now,
        updatedAt: now,
      };
      await this.mirrors.require(by, set, set.mirrorChannelId);
      await this.store.insert(set);
      await this.announce(by, set, 'content-set.created', { schema: set.schema });
      return set;
    });
  }

  /** A set of the caller's account. @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<ContentSet> {
    const set = await this.store.find(by.accountId, id);
    if (!set) throw contentSetNotFound();
    return set;
  }

  /** Newest first. */
  list(by: Principal, filter: ContentSetFilter, request: PageNumber): Promise<NumberedPage<ContentSet>> {
    return this.store.list(by.accountId, filter, request);
  }

  /** Oldest first. */
  page(by: Principal, filter: ContentSetFilter, request: PageRequest): Promise<Page<ContentSet>> {
    return this.store.page(by.accountId, filter, request);
  }

  /** The first ten, newest first, whose name or key contains the text, whatever the case, or whose id it is. */
  lookup(by: Principal, text: string, filter: ContentSetFilter): Promise<ContentSet[]> {
    return this.store.lookup(by.accountId, text, filter);
  }

  /** The caller's sets that a filter leaves; none for what is not the caller's. */
  async narrowed(
    by: Principal,
    filter: {
      readonly projectId?: number | undefined;
      readonly contentSetId?: string | undefined;
      readonly state?: ContentState | undefined;
    },
  ): Promise<ContentSet[]> {
    const { contentSetId, projectId, state } = filter;
    if (contentSetId === undefined) return this.store.all(by.accountId, { projectId, state });
    const set = await this.store.find(by.accountId, contentSetId);
    const fits =
      set &&
      (projectId === undefined || set.projectId === projectId) &&
      (state === undefined || set.state === state);
    return fits ? [set] : [];
  }

  /** Whether there is a set with this id, or with this key in this project. */
  async exists(
    by: Principal,
    which: string | { readonly projectId: number; readonly key: string },
  ): Promise<boolean> {
    const set =
      typeof which === 'string'
        ? await this.store.find(by.accountId, which)
        : await this.store.findByKey(by.accountId, which.projectId, which.key);
    return set !== null;
  }

  /**
   * What is left out stays as it is; schema and configuration are fixed.
   * @throws DomainError not_found, conflict (key), invalid (channel)
   */
  update(by: Principal, id: string, change: ContentSetChange): Promise<ContentSet> {
    return this.db.transaction(async () => {
      const found = await this.get(by, id);
      await this.mirrors.require(by, found, change.mirrorChannelId ?? null);
      const set = (await this.store.lock(found.projectId, found.id)) ?? found;
      const changed: ContentSet = {
        ...set,
        key: change.key ?? set.key,
        name: change.name ?? set.name,
        description: change.description === undefined ? set.description : change.description,
        autoContent: change.autoContent ?? set.autoContent,
        publicAggregates: change.publicAggregates ?? set.publicAggregates,
        revokeWindowSeconds: change.revokeWindowSeconds ?? set.revokeWindowSeconds,
        maxContents: change.maxContents ?? set.maxContents,
        mirrorChannelId: change.mirrorChannelId === undefined ? set.mirrorChannelId : change.mirrorChannelId,
        state: change.state ?? set.state,
        updatedAt: nextUpdate(this.clock.now(), set.updatedAt),
      };
      await this.store.update(changed);
      await this.announce(by, changed, 'content-set.updated', {
        members: changedMembers(change),
        state: changed.state,
      });
      return changed;
    });
  }

  /** Puts a set away, once and for all times that it is asked for. @throws DomainError not_found */
  archive(by: Principal, id: string): Promise<ContentSet> {
    return this.setState(by, id, 'archived');
  }

  /** Any state may follow any other; the same one again changes nothing. @throws DomainError not_found */
  async setState(by: Principal, id: string, state: ContentState): Promise<ContentSet> {
    const set = await this.get(by, id);
    return set.state === state ? set : this.update(by, id, { state });
  }

  private async announce(
    by: Principal,
    set: ContentSet,
    type: string,
    data: Record<string, unknown>,
  ): Promise<void> {
    await this.changes.announce('content_set', set.id);
    await this.events.append([
      { type, accountId: set.accountId, projectId: set.projectId, actor: by, subjectId: set.id, data },
    ]);
  }
}
