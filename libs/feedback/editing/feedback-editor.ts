import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/accounts/principal.js';
import { AttachmentsService, type NamedFile } from '#libs/attachments/attachments.service.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { type Actor, EventLog, type NewEvent } from '#libs/events/event-log.js';
import { IssueNames } from '#libs/issues/issue-names.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { nextUpdate } from '#libs/platform/clock/next-update.js';
import { Database } from '#libs/platform/database/database.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { Feedback } from '../feedback.entity.js';
import { feedbackNotFound } from '../feedback-not-found.js';
import type { ChannelRef } from '../feedback.store.js';
import { issueNamesOf } from '../issue-names-of.js';
import { FeedbackIssuesStore, type Link, type NewLink } from '../issues/feedback-issues.store.js';
import { linkOf } from '../issues/link-of.js';
import { FeedbackEditingStore } from './feedback-editing.store.js';
import { merged } from './merged.js';

/** What of a feedback changes. */
export interface FeedbackChange {
  /** By field key, checked by the caller; what is left out stays. */
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  /** The feedback is about these issues and no others; made when they are not there. Left out: as before. */
  readonly issueNames?: readonly string[] | undefined;
  /** Files in the storage that the new values speak of. */
  readonly files?: readonly NamedFile[] | undefined;
}

/** Changes and removes feedback. Who changes a feedback holds its row first: see docs/issues.md. */
@Injectable()
export class FeedbackEditor {
  constructor(
    private readonly store: FeedbackEditingStore,
    private readonly issues: FeedbackIssuesStore,
    private readonly names: IssueNames,
    private readonly attachments: AttachmentsService,
    private readonly channels: ChannelsService,
    private readonly projects: ProjectsService,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: EventLog,
  ) {}

  /**
   * Changes a feedback; its time of change moves even when nothing else does.
   * @throws DomainError not_found (channel, feedback), invalid (names, a column, files), conflict (archived project)
   */
  async update(by: Principal, ref: ChannelRef, id: number, change: FeedbackChange): Promise<void> {
    const { values = {}, issueNames, files = [] } = change;
    const names = issueNames && issueNamesOf(issueNames);
    const schema = await this.channels.schema(by, ref.projectId, ref.channelId);
    await this.projects.requireWritable(ref.projectId);
    await this.db.transaction(async () => {
      const feedback = await this.store.lock(ref, id);
      if (!feedback) throw feedbackNotFound();
      const now = this.clock.now();
      const changed = merged(schema, feedback, values, nextUpdate(now, feedback.updatedAt));
      await this.store.update(changed);
      const event = (type: string, data: Record<string, unknown>): NewEvent => ({
        type,
        accountId: by.accountId,
        projectId: ref.projectId,
        actor: by,
        subjectId: id,
        data,
      });
      const events = [event('feedback.updated', { members: Object.keys(values) })];
      if (names) {
        const { added, removed } = await this.replace(by, feedback, names);
        await this.db.writeTogether(this.issues.change(added, removed, now));
        events.push(
          ...added.map(({ issueId }) => event('feedback.issue-attached', { issueId })),
          ...removed.map(({ issueId }) => event('feedback.issue-detached', { issueId })),
        );
      }
      // Files come after issues, as where feedback is created and removed.
      if (schema.fields.some(({ key, format }) => format === 'images' && Object.hasOwn(values, key))) {
        await this.attachments.releaseFiles(ref.projectId, id, await this.forgotten(feedback, changed));
      }
      await this.attachments.add(ref.projectId, id, files);
      await this.events.append(events);
    });
  }

  /**
   * Removes feedback of one channel with its links and files; ids that are not there are ignored.
   * @returns the ids of what was removed
   * @throws DomainError not_found (channel), conflict (archived project)
   */
  async remove(by: Principal, ref: ChannelRef, ids: readonly number[]): Promise<number[]> {
    const { projectId } = ref;
    await this.channels.schema(by, projectId, ref.channelId);
    await this.projects.requireWritable(projectId);
    return this.erase(by, ref, ids);
  }

  /** The same for those who take back what they said, which they may whatever became of the project. */
  erase(
    by: Actor & Pick<Principal, 'accountId'>,
    ref: ChannelRef,
    ids: readonly number[],
  ): Promise<number[]> {
    const { projectId } = ref;
    return this.db.transaction(async () => {
      const found = await this.store.lockMany(ref, ids);
      if (found.length === 0) return found;
      const links = await this.issues.links(projectId, found);
      const held = await this.names.resolve([], issuesIn(links));
      const ended = links.filter(({ issueId }) => held.has(projectId, issueId));
      await this.db.writeTogether(this.issues.change([], ended, this.clock.now()));
      await this.attachments.release(projectId, found);
      await this.store.remove(projectId, found);
      await this.events.append(
        found.map((subjectId) => ({
          type: 'feedback.removed',
          accountId: by.accountId,
          projectId,
          actor: by,
          subjectId,
        })),
      );
      return found;
    });
  }

  /** The files that the values spoke of before the change, and do not after it: a link to a file holds its id. */
  private async forgotten({ projectId, id, fields }: Feedback, changed: Feedback): Promise<string[]> {
    const [before, after] = [JSON.stringify(fields), JSON.stringify(changed.fields)];
    const files = await this.attachments.list(projectId, [id]);
    return files
      .map(({ fileId }) => fileId)
      .filter((fileId) => before.includes(fileId) && !after.includes(fileId));
  }

  /** Which links come and which go, so that a feedback is about these issues; their rows are held from here on. */
  private async replace(
    by: Principal,
    feedback: Feedback,
    names: readonly string[],
  ): Promise<{ added: NewLink[]; removed: Link[] }> {
    const { projectId } = feedback;
    const links = await this.issues.links(projectId, [feedback.id]);
    const wanted = names.map((name) => ({ projectId, name, accountId: by.accountId, actor: by }));
    const held = await this.names.resolve(wanted, issuesIn(links));
    const ids = new Set(wanted.map((issue) => held.idOf(issue)!));
    const before = new Set(links.map(({ issueId }) => issueId));
    return {
      added: [...ids].filter((issueId) => !before.has(issueId)).map((issueId) => linkOf(feedback, issueId)),
      // An issue that went meanwhile took its links along.
      removed: links.filter(({ issueId }) => !ids.has(issueId) && held.has(projectId, issueId)),
    };
  }
}

function issuesIn(links: readonly Link[]): { projectId: number; id: number }[] {
  const ids = new Set(links.map(({ issueId }) => issueId));
  return [...ids].map((id) => ({ projectId: links[0]!.projectId, id }));
}
