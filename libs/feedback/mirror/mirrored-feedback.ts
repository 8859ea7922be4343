import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import type { SystemValues } from '#libs/channels/system-columns.js';
import { type Actor, EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import type { Statement } from '#libs/platform/database/database.js';
import { columnValues } from '../column-values.js';
import { FeedbackEditingStore } from '../editing/feedback-editing.store.js';
import { FeedbackEditor } from '../editing/feedback-editor.js';
import { merged } from '../editing/merged.js';
import type { Feedback } from '../feedback.entity.js';
import { FeedbackWriter } from '../feedback-writer.js';
import { type ChannelRef, FeedbackStore } from '../feedback.store.js';
import { type NewFeedback, toRow } from '../new-feedback.js';
import { type FeedbackRef, WorkflowStore } from '../workflow/workflow.store.js';

type Author = Actor & Pick<Principal, 'accountId'>;

/** A feedback that is there, with the fields of its channel. */
export interface Mirror {
  readonly ref: FeedbackRef & ChannelRef;
  readonly schema: ChannelSchema;
}

/** What of a feedback is another one now. */
export interface MirrorChange {
  /** By field key; undefined: it is not said any more. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly columns: SystemValues;
}

/**
 * Feedback that mirrors what another module keeps. It is written, changed and removed in that module's transactions;
 * what people do to the feedback itself stays: one that they removed does not come back.
 */
@Injectable()
export class MirroredFeedback {
  constructor(
    private readonly rows: FeedbackStore,
    private readonly writer: FeedbackWriter,
    private readonly workflow: WorkflowStore,
    private readonly editing: FeedbackEditingStore,
    private readonly editor: FeedbackEditor,
    private readonly channels: ChannelsService,
    private readonly clock: Clock,
    private readonly events: EventLog,
  ) {}

  /** A new row, for `statements`. @throws DomainError invalid (a column) */
  async row(channel: ChannelRef, input: NewFeedback): Promise<Feedback> {
    return toRow(channel, await this.rows.nextId(), input, this.clock.now());
  }

  /** What writes new rows. */
  statements(batch: readonly { readonly row: Feedback; readonly by: Author }[]): Statement[] {
    return this.writer.statements(
      batch.map(({ row, by }) => ({ row, accountId: by.accountId, actor: by, issueNames: [] })),
    );
  }

  /** Undefined: it was removed. Asked before a transaction, which would hold a connection while others wait for it. */
  async find(by: Author, ref: FeedbackRef): Promise<Mirror | undefined> {
    const found = await this.workflow.find(ref);
    if (!found) return undefined;
    const { projectId, id, channelId } = found;
    return {
      ref: { projectId, id, channelId },
      schema: await this.channels.schema(by, projectId, channelId),
    };
  }

  /** In the open transaction; the row is held until that ends. Nothing happens to one that was removed meanwhile. */
  async update(
    by: Author,
    { ref, schema }: Mirror,
    changeOf: (held: Feedback) => MirrorChange,
  ): Promise<void> {
    const held = await this.workflow.lock(ref);
    if (!held) return;
    const { values, columns } = changeOf(held);
    const changed = merged(schema, held, values, nextUpdate(this.clock.now(), held.updatedAt));
    await this.editing.update({ ...changed, ...columnValues(columns) });
    const members = [...Object.keys(values), ...Object.keys(columns)];
    const { accountId } = by;
    const { projectId, id: subjectId } = ref;
    await this.events.append([
      { type: 'feedback.updated', accountId, projectId, actor: by, subjectId, data: { members } },
    ]);
  }

  /** In the open transaction, with the feedback's links and files. */
  async remove(by: Author, { ref }: Mirror): Promise<void> {
    await this.editor.erase(by, ref, [ref.id]);
  }
}
