import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { ClientPrincipal } from '#libs/accounts/principal.js';
import { AttachmentsService } from '#libs/attachments/attachments.service.js';
import type { AttachedFile } from '#libs/attachments/attachments.store.js';
import type { InspectedFile } from '#libs/attachments/inspection/inspected-file.js';
import { EventLog } from '#libs/events/event-log.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { Idempotency, type IdempotencyClaim, type Once } from '#libs/platform/idempotency/idempotency.js';
import type { Page, PageRequest } from '#libs/platform/paging/page.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import type { Feedback } from './feedback.entity.js';
import { FeedbackWriter } from './feedback-writer.js';
import { FeedbackStore } from './feedback.store.js';
import { type NewFeedback, toRow } from './new-feedback.js';

/** A feedback with the files that came with it. */
export interface FeedbackWithFiles {
  readonly feedback: Feedback;
  readonly files: readonly AttachedFile[];
}

/** Whoever is bound to one channel; it reaches nothing outside it. */
type Caller = Pick<ClientPrincipal, 'kind' | 'id' | 'accountId' | 'projectId' | 'channelId'>;

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

  /** Writes a feedback into the caller's channel. @returns its id @throws DomainError conflict (archived project) */
  async create(by: Caller, input: NewFeedback, claim?: IdempotencyClaim): Promise<Once<number>> {
    await this.projects.requireWritable(by.projectId);
    const row = toRow(by, await this.store.nextId(), input, this.clock.now());
    return this.writer.create({ row, accountId: by.accountId, actor: by, claim });
  }

  /** A feedback of the caller's channel. @throws DomainError not_found */
  async get(by: Caller, id: number): Promise<FeedbackWithFiles> {
    const feedback = await this.require(by, id);
    return { feedback, files: await this.attachments.list(by.projectId, [id]) };
  }

  /** The caller's channel, newest first. */
  async page(by: Caller, request: PageRequest): Promise<Page<FeedbackWithFiles>> {
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
    by: Caller,
    id: number,
    files: readonly InspectedFile[],
    claim?: IdempotencyClaim,
  ): Promise<Once<number[]>> {
    const earlier = claim && (await this.idempotency.find<number[]>(claim));
    if (earlier) return earlier;
    await this.projects.requireWritable(by.projectId);
    const staged = await this.attachments.stage(by.projectId, id, files);
    try {
      const once = await this.idempotency.once(claim, async () => {
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
      });
      if (once.replayed) await this.attachments.discard(staged);
      return once;
    } catch (error) {
      await this.attachments.discard(staged);
      throw error;
    }
  }

  /** Opens a file of a feedback of the caller's channel. @throws DomainError not_found */
  async openFile(
    by: Caller,
    id: number,
    attachmentId: number,
  ): Promise<{ file: AttachedFile; content: Readable }> {
    await this.require(by, id);
    return this.attachments.open(by.projectId, id, attachmentId);
  }

  /** @throws DomainError not_found */
  async require(by: Caller, id: number): Promise<Feedback> {
    const feedback = await this.store.find(by, id);
    if (!feedback) throw feedbackNotFound();
    return feedback;
  }
}

function feedbackNotFound(): DomainError {
  return new DomainError('not_found', 'feedback', 'Feedback not found.');
}
