import { Injectable } from '@nestjs/common';
import type { KeyPrincipal, Principal } from '#libs/accounts/principal.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { isUuid, uuidv7 } from '#libs/platform/ids/uuid.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import type { Sensitivity, Source } from './source.entity.js';
import { type SourceFilter, SourcesStore } from './sources.store.js';

export interface NewSource {
  readonly title: string;
  readonly projectId: number;
  /** The channel that the rows go into. */
  readonly channelId: number;
  /** An IANA name; left out, UTC. */
  readonly timeZone?: string | undefined;
  /** Left out, nothing is masked. */
  readonly sensitivity?: Sensitivity | undefined;
}

export interface SourceChange {
  readonly title?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly sensitivity?: Sensitivity | undefined;
  readonly enabled?: boolean | undefined;
  readonly archived?: boolean | undefined;
}

@Injectable()
export class SourcesService {
  constructor(
    private readonly store: SourcesStore,
    private readonly channels: ChannelsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
  ) {}

  /** @throws DomainError not_found (project, channel) */
  create(by: Principal, input: NewSource): Promise<Source> {
    return this.db.transaction(async () => {
      await this.channels.get(by, input.projectId, input.channelId);
      const now = this.clock.now();
      const source: Source = {
        id: uuidv7(now.getTime()),
        accountId: by.accountId,
        projectId: input.projectId,
        channelId: input.channelId,
        title: input.title,
        timeZone: input.timeZone ?? 'UTC',
        sensitivity: input.sensitivity ?? 'none',
        enabled: true,
        archivedAt: null,
        createdAt: now,
        updatedAt: now,
      };
      await this.store.insert(source);
      await this.announce(by, source, 'source.created');
      return source;
    });
  }

  /** @throws DomainError not_found */
  async get(by: Principal, id: string): Promise<Source> {
    const source = isUuid(id) ? await this.store.find(by.accountId, id) : null;
    if (!source) throw sourceNotFound();
    return source;
  }

  /**
   * A source that a key may push into.
   * @throws DomainError not_found (of another account or out of the key's reach, too), invalid (switched off)
   */
  async open(by: KeyPrincipal, id: string): Promise<Source> {
    const source = await this.get(by, id);
    if (!reaches(by, source)) throw sourceNotFound();
    if (source.archivedAt) throw closed('This source is archived: it takes no more rows.');
    if (!source.enabled) throw closed('This source is disabled: enable it before you send rows.');
    return source;
  }

  page(by: Principal, filter: SourceFilter, request: PageRequest): Promise<Page<Source>> {
    return this.store.page(by.accountId, filter, request);
  }

  /** @throws DomainError not_found */
  update(by: Principal, id: string, change: SourceChange): Promise<Source> {
    return this.db.transaction(async () => {
      const source = await this.get(by, id);
      const now = this.clock.now();
      const { archived } = change;
      const changed: Source = {
        ...source,
        title: change.title ?? source.title,
        timeZone: change.timeZone ?? source.timeZone,
        sensitivity: change.sensitivity ?? source.sensitivity,
        enabled: change.enabled ?? source.enabled,
        archivedAt: archived === undefined ? source.archivedAt : archived ? (source.archivedAt ?? now) : null,
        updatedAt: nextUpdate(now, source.updatedAt),
      };
      await this.store.update(changed);
      await this.announce(by, source, 'source.updated', { members: changedMembers(change) });
      return changed;
    });
  }

  private announce(by: Principal, { projectId, id }: Source, type: string, data = {}): Promise<void> {
    return this.events.append([{ type, accountId: by.accountId, projectId, actor: by, subjectId: id, data }]);
  }
}

/** A key may be bound to a project or to some sources. */
export function reaches(
  { projectId, sourceIds }: KeyPrincipal,
  source: { readonly id: string; readonly projectId: number },
): boolean {
  return (
    (projectId === null || projectId === source.projectId) &&
    (sourceIds === null || sourceIds.includes(source.id))
  );
}

function sourceNotFound(): DomainError {
  return new DomainError('not_found', 'source', 'Source not found');
}

function closed(message: string): DomainError {
  return new DomainError('invalid', 'source', message);
}
