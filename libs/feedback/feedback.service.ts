import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AttachmentsService, type StagedFiles } from '#libs/attachments/attachments.service.js';
import type { AttachedFile } from '#libs/attachments/attachments.store.js';
import type { InspectedFile } from '#libs/attachments/inspection/inspected-file.js';
import { EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Idempotency, type IdempotencyClaim, type Once } from '#libs/platform/idempotency/idempotency.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { Feedback } from './feedback.entity.js';
import { type Creation, FeedbackWriter } from './feedback-writer.js';
import { FeedbackStore } from './feedback.store.js';
import { feedbackNotFound } from './feedback-not-found.js';
import { issueNamesOf } from './issue-names-of.js';
import { type NewFeedback, toRow } from './new-feedback.js';
import type { Writer } from './writer.js';

/** A feedback with the files that came with it. */
export interface FeedbackWithFiles {
  readonly feedback: Feedback;
  readonly files: readonly AttachedFile[];
}

/** A feedback to be written, with what is tied to it. */
export interface FeedbackToCreate extends NewFeedback {
  /** Issues that it is about; made when they are not there. */
  readonly issueNames?: readonly string[] | undefined;
  /** Files that it brings; taken back when it is not written. */
  readonly files?: StagedFiles | undefined;
}

@Injectable()
export class FeedbackService {
  constructor(
    private readonly store: FeedbackStore,
    private readonly writer: FeedbackWriter,
    private readonly attachments: AttachmentsService,
    private readonly projects: ProjectsService,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly events: EventLog,
  ) {}

  /**
   * Writes a feedback into the writer's channel.
   * @returns its id
   * @throws DomainError conflict (archived project; key in flight), invalid (names, files, a column), unprocessable (key)
   */
  async create(by: Writer, input: FeedbackToCreate, claim?: IdempotencyClaim): Promise<Once<number>> {
    const { files } = input;
    if (!files) return this.writer.create(await this.prepare(by, input), claim);
    return this.takingBack(files, async () => {
      const creation = await this.prepare(by, input);
      return this.idempotency.once(claim, async () => {
        await this.writer.write([creation]);
        await this.attachments.attach(files, creation.row.id);
        return creation.row.id;
      });
    });
  }

  /** A feedback of the caller's channel. @throws DomainError not_found */
  async get(by: Writer, id: number): Promise<FeedbackWithFiles> {
    const feedback = await this.require(by, id);
    return { feedback, files: await this.attachments.list(by.projectId, [id]) };
  }

  /** The caller's channel, newest first. */
  async page(by: Writer, request: PageRequest): Promise<Page<FeedbackWithFiles>> {
    const { items, next } = await this.store.page(by, request);
    const files = await this.attachments.list(
      by.projectId,
      items.map(({ id }) => id),
    );
    const byFeedback = Map.groupBy(files, ({ feedbackId }) => feedbackId);
    return {
      items: items.map((feedback) => ({ feedback, files: byFeedback.get(feedback.id) ?? [] })),
      next,
    };
  }

  /**
   * Adds files, all of them or none.
   * @returns the ids of the attachments, in the order of the files
   * @throws DomainError not_found, conflict (archived project), invalid (too many files)
   */
  async attach(
    by: Writer,
    id: number,
    files: readonly InspectedFile[],
    claim?: IdempotencyClaim,
  ): Promise<Once<number[]>> {
    const earlier = claim && (await this.idempotency.find<number[]>(claim));
    if (earlier) return earlier;
    await this.projects.requireWritable(by.projectId);
    const staged = await this.attachments.stage(by.projectId, id, files);
    return this.takingBack(staged, () =>
      this.idempotency.once(claim, async () => {
        // Takes turns with other uploads to this feedback, and with its removal.
        if (!(await this.store.lock(by, id))) throw feedbackNotFound();
        const ids = await this.attachments.attach(staged, id);
        await this.events.append([
          {
            type: 'feedback.files-attached',
            accountId: by.accountId,
            projectId: by.projectId,
            actor: by,
            subjectId: id,
            data: { attachmentIds: ids },
          },
        ]);
        return ids;
      }),
    );
  }

  /** Opens a file of a feedback of the caller's channel. @throws DomainError not_found */
  async openFile(
    by: Writer,
    id: number,
    attachmentId: number,
  ): Promise<{ file: AttachedFile; content: Readable }> {
    await this.require(by, id);
    return this.attachments.open(by.projectId, id, attachmentId);
  }

  /** @throws DomainError not_found */
  async require(by: Writer, id: number): Promise<Feedback> {
    const feedback = await this.store.find(by, id);
    if (!feedback) throw feedbackNotFound();
    return feedback;
  }

  private async prepare(by: Writer, input: FeedbackToCreate): Promise<Creation> {
    const issueNames = issueNamesOf(input.issueNames ?? []);
    await this.projects.requireWritable(by.projectId);
    const row = toRow(by, await this.store.nextId(), input, this.clock.now());
    return { row, accountId: by.accountId, actor: by, issueNames };
  }

  /** Staged files go when the write that was to refer to them fails, or when an earlier request had made it. */
  private async takingBack<T>(staged: StagedFiles, write: () => Promise<Once<T>>): Promise<Once<T>> {
    try {
      const once = await write();
      if (once.replayed) await this.attachments.discard(staged);
      return once;
    } catch (error) {
      await this.attachments.discard(staged);
      throw error;
    }
  }
}
