import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { changedMembers } from '#libs/events/changed-members.js';
import { EventLog } from '#libs/events/event-log.js';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError, type Violation } from '#libs/platform/errors/domain-error.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { ChannelSchema, SchemaField } from './channel-schema.js';
import { ChannelsStore } from './channels.store.js';
import { FieldsStore } from './fields.store.js';
import { fieldProblems, MAX_FIELDS, type NewField, toFieldRows } from './new-field.js';
import { requireSame } from './require-same.js';

/** What can be changed of a field; its key and its format never can. */
export interface FieldChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly editable?: boolean | undefined;
  readonly active?: boolean | undefined;
  readonly personal?: boolean | undefined;
}

/** A channel as a path names it. */
export interface ChannelPath {
  readonly projectId: number;
  readonly channelId: number;
}

/** The fields of channels. They are never deleted, as stored feedback has their values. */
@Injectable()
export class FieldsService {
  constructor(
    private readonly store: FieldsStore,
    private readonly channels: ChannelsStore,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
    private readonly changes: ChangeFeed,
  ) {}

  /** In their order, with their options. @throws DomainError not_found */
  async list(by: Principal, { projectId, channelId }: ChannelPath): Promise<readonly SchemaField[]> {
    const found = await this.channels.schema(projectId, channelId);
    if (found?.accountId !== by.accountId) throw notFound('channel');
    return found.schema.fields;
  }

  /** Adds a field behind the others. @throws DomainError not_found, invalid, conflict (key, name, archived project) */
  create(by: Principal, path: ChannelPath, input: NewField): Promise<SchemaField> {
    return this.change(by, path, async ({ channel, fields }) => {
      requireFine(fieldProblems(input));
      if (fields.length >= MAX_FIELDS) {
        throw new DomainError('conflict', 'field', `A channel has at most ${MAX_FIELDS} fields.`);
      }
      const position = Math.max(0, ...fields.map((field) => field.position + 1));
      const { field, options } = toFieldRows(channel, input, position, this.clock.now());
      await this.store.insert(field, options);
      await this.announce(by, path, 'field.created', field.id, { format: field.format });
      return { ...field, options };
    });
  }

  /** @throws DomainError not_found, invalid (a reserved name), conflict (name, archived project, a mirrored column) */
  update(by: Principal, path: ChannelPath, fieldId: string, change: FieldChange): Promise<SchemaField> {
    return this.change(by, path, async (schema) => {
      const field = fieldOf(schema, fieldId);
      if (field.systemColumn !== null && (change.editable ?? field.editable) !== field.editable) {
        const message = 'Whether this field can be changed is up to the API that owns the channel.';
        throw new DomainError('conflict', 'field', message);
      }
      if (change.name !== undefined && change.name !== field.name) {
        requireFine(fieldProblems({ ...field, name: change.name, options: [] }));
      }
      const changed: SchemaField = {
        ...field,
        name: change.name ?? field.name,
        description: change.description === undefined ? field.description : change.description,
        editable: change.editable ?? field.editable,
        active: change.active ?? field.active,
        personal: change.personal ?? field.personal,
        updatedAt: nextUpdate(this.clock.now(), field.updatedAt),
      };
      await this.store.update(changed);
      await this.announce(by, path, 'field.updated', fieldId, { members: changedMembers(change) });
      return changed;
    });
  }

  /**
   * Puts the fields into this order.
   * @param fieldIds every field of the channel, once
   * @throws DomainError not_found, invalid, conflict (archived project)
   */
  order(by: Principal, path: ChannelPath, fieldIds: readonly string[]): Promise<readonly SchemaField[]> {
    return this.change(by, path, async ({ fields }) => {
      requireSame('fieldIds', fields, fieldIds);
      await this.store.placeFields(path.projectId, fieldIds);
      await this.announce(by, path, 'channel.fields-ordered', path.channelId);
      return fieldIds.map((id, index) => ({
        ...fields.find((field) => field.id === id)!,
        position: index + 1,
      }));
    });
  }

  /**
   * Runs a change of a channel's schema: one at a time for a channel, and every process hears of it.
   * @throws DomainError not_found, conflict (archived project)
   */
  change<T>(
    by: Principal,
    { projectId, channelId }: ChannelPath,
    work: (schema: ChannelSchema) => Promise<T>,
  ): Promise<T> {
    return this.db.transaction(async () => {
      await this.projects.get(by, projectId);
      await this.projects.requireWritable(projectId);
      if (!(await this.channels.lock(projectId, channelId))) throw notFound('channel');
      const result = await work((await this.channels.schema(projectId, channelId))!.schema);
      await this.changes.announce('channel', `${projectId}/${channelId}`);
      return result;
    });
  }

  announce(
    by: Principal,
    { projectId, channelId }: ChannelPath,
    type: string,
    subjectId: string | number,
    data: object = {},
  ): Promise<void> {
    const { accountId } = by;
    return this.events.append([
      { type, accountId, projectId, actor: by, subjectId, data: { channelId, ...data } },
    ]);
  }
}

/** @throws DomainError not_found */
export function fieldOf({ fields }: ChannelSchema, id: string): SchemaField {
  const field = fields.find((one) => one.id === id);
  if (!field) throw notFound('field');
  return field;
}

function requireFine(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const message = violations.map((violation) => violation.message).join(' ');
  throw new DomainError('invalid', 'field', message, { violations });
}

function notFound(subject: 'channel' | 'field'): DomainError {
  return new DomainError('not_found', subject, `There is no ${subject} with this id.`);
}
