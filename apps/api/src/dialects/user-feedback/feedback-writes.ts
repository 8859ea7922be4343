import { Injectable } from '@nestjs/common';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { FeedbackEditor } from '#libs/feedback/editing/feedback-editor.js';
import type { ChannelRef } from '#libs/feedback/feedback.store.js';
import { FeedbackService } from '#libs/feedback/feedback.service.js';
import type { IdempotencyClaim, Once } from '#libs/platform/idempotency/idempotency.js';
import { readChange, readNew } from './feedback-values.js';
import { toFeedback } from './feedback.mapper.js';
import { OwnImagesService } from './images/own-images.js';
import { asObject } from './refuse.js';

/** Takes bodies whose members are the fields of a channel. */
@Injectable()
export class FeedbackWrites {
  constructor(
    private readonly channels: ChannelsService,
    private readonly feedback: FeedbackService,
    private readonly editor: FeedbackEditor,
    private readonly images: OwnImagesService,
  ) {}

  /** @returns the id @throws DomainError not_found (channel), invalid, conflict, unprocessable */
  async create(
    by: KeyPrincipal,
    ref: ChannelRef,
    body: unknown,
    claim: IdempotencyClaim | undefined,
  ): Promise<Once<number>> {
    const members = asObject(body);
    const schema = await this.channels.schema(by, ref.projectId, ref.channelId);
    const own = await this.images.find(schema, members);
    const said = readNew(schema, members, (link) => own.has(link));
    const writer = { ...by, ...ref };
    if (own.size === 0) return this.feedback.create(writer, toFeedback(schema, said), claim);
    const { values, files } = await this.images.require(schema, said.values, own);
    const input = toFeedback(schema, { ...said, values });
    return this.feedback.create(
      writer,
      { ...input, files: { projectId: ref.projectId, files, stored: [] } },
      claim,
    );
  }

  /** @throws DomainError not_found (channel, feedback), invalid, conflict */
  async update(by: KeyPrincipal, ref: ChannelRef, id: number, body: unknown): Promise<void> {
    const members = asObject(body);
    const schema = await this.channels.schema(by, ref.projectId, ref.channelId);
    const { values, issueNames } = readChange(schema, members);
    const own = await this.images.find(schema, values);
    const images = await this.images.require(schema, values, own);
    await this.editor.update(by, ref, id, { ...images, issueNames });
  }
}
