import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { KeyPrincipal } from '#libs/accounts/principal.js';
import { AttachmentsService } from '#libs/attachments/attachments.service.js';
import type { InspectedFile, RefusalReason } from '#libs/attachments/inspection/inspected-file.js';
import { MAX_UPLOAD_BYTES, MAX_UPLOAD_PIXELS } from '#libs/attachments/uploads.service.js';
import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import { ChannelsService } from '#libs/channels/channels.service.js';
import { FeedbackService } from '#libs/feedback/feedback.service.js';
import type { ChannelRef } from '#libs/feedback/feedback.store.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Once } from '#libs/platform/idempotency/idempotency.js';
import type { FormFile } from '#apps/api/src/http/uploads/spooled-upload.js';
import { claimOf } from '../claim-of.js';
import { readNew, type SaidFeedback } from '../feedback-values.js';
import { toFeedback } from '../feedback.mapper.js';
import { refused } from '../refuse.js';
import { FormReader } from './form-reader.js';
import { IMAGE_EXTENSIONS, type ImageExtension, IMAGE_TYPES } from './image-extensions.js';
import { ImageLinks } from './image-links.js';
import { type OwnLinks, OwnImagesService } from './own-images.js';
import { readForm } from './read-form.js';

const RULES = { maxBytes: MAX_UPLOAD_BYTES, maxPixels: MAX_UPLOAD_PIXELS, types: IMAGE_TYPES };

const EXTENSIONS = Object.keys(IMAGE_EXTENSIONS) as ImageExtension[];

/** An image that has been looked at, with the name of its part. */
interface FormImage {
  readonly key: string;
  readonly file: InspectedFile;
}

/** Takes images: with the feedback that shows them, or before it. */
@Injectable()
export class ImageUpload {
  constructor(
    private readonly reader: FormReader,
    private readonly channels: ChannelsService,
    private readonly attachments: AttachmentsService,
    private readonly feedback: FeedbackService,
    private readonly links: ImageLinks,
    private readonly own: OwnImagesService,
  ) {}

  /** Where a new image can be put. @throws DomainError invalid, not_found (channel), conflict (archived project) */
  async link(by: KeyPrincipal, ref: ChannelRef, asked: string | undefined): Promise<string> {
    const extension = readExtension(asked);
    await this.channels.schema(by, ref.projectId, ref.channelId);
    return this.links.forUpload(ref.projectId, extension);
  }

  /** @returns the id of the feedback @throws DomainError not_found (channel), invalid, too_large, unsupported, conflict */
  async create(
    by: KeyPrincipal,
    ref: ChannelRef,
    request: Request,
    response: Response,
  ): Promise<Once<number>> {
    // Before the first byte of the body: a channel that is not there is no reason to spool it.
    const schema = await this.channels.schema(by, ref.projectId, ref.channelId);
    const form = await this.reader.readForm(request, response);
    try {
      const body = readForm(schema, form.fields);
      const own = await this.own.find(schema, body);
      const said = readNew(schema, body, (link) => own.has(link));
      const images = await this.inspect(schema, form.files);
      const facts = images.map(({ key, file }) => [key, file.name, file.mediaType, file.sha256]);
      const claim = claimOf(request, by, ref.projectId, [body, facts]);
      const input = await this.store(schema, said, images, own);
      return await this.feedback.create({ ...by, ...ref }, input, claim);
    } finally {
      await form.discard();
    }
  }

  /** @throws DomainError invalid, too_large for the first image that is wrong */
  private async inspect({ fields }: ChannelSchema, files: readonly FormFile[]): Promise<FormImage[]> {
    for (const { fieldName, declaredType } of files) {
      const field = fields.find(({ key }) => key === fieldName);
      if (!field) throw refused(`invalid field key: ${fieldName}`);
      if (field.format !== 'images') {
        throw refused(`invalid value: (value: file, type: ${field.format}, fieldKey: ${field.key})`);
      }
      if (!declaredType.toLowerCase().startsWith('image/')) throw refused(`Not Image File (${declaredType})`);
    }
    const verdicts = await this.attachments.inspect(files, RULES);
    return verdicts.map((verdict, index) => {
      const { fieldName, declaredType } = files[index]!;
      if (!verdict.accepted) throw refusal(verdict.reason, declaredType);
      return { key: fieldName, file: verdict };
    });
  }

  /** Puts the images into the storage, and their links behind those that the form itself brought. */
  private async store(
    schema: ChannelSchema,
    said: SaidFeedback,
    images: readonly FormImage[],
    own: OwnLinks,
  ): Promise<ReturnType<typeof toFeedback>> {
    const { projectId } = schema.channel;
    const known = await this.own.require(schema, said.values, own);
    const staged = await this.attachments.stage(
      projectId,
      0,
      images.map(({ file }) => file),
    );
    const values: Record<string, unknown> = { ...known.values };
    for (const [index, { key, file }] of images.entries()) {
      const link = this.links.of(projectId, staged.files[index]!.fileId, file.mediaType);
      values[key] = [...((values[key] ?? []) as unknown[]), link];
    }
    const files = { ...staged, files: [...known.files, ...staged.files] };
    return { ...toFeedback(schema, { ...said, values }), ...(files.files.length > 0 && { files }) };
  }
}

function readExtension(extension: string | undefined): ImageExtension {
  if (!extension) throw refused('Extension is required in query parameter');
  const known = EXTENSIONS.find((each) => each === extension.toLowerCase());
  if (!known) throw refused(`Extension must be one of ${EXTENSIONS.join(', ')}`);
  return known;
}

function refusal(reason: RefusalReason, declaredType: string): DomainError {
  switch (reason) {
    case 'too_large':
      return new DomainError('too_large', 'file', 'request file too large');
    case 'empty':
      return refused('The file is empty.');
    case 'type_not_allowed':
    case 'type_mismatch':
      return refused(`Invalid file (sent type: ${declaredType})`);
    case 'damaged_image':
      return refused('The file is not a readable image.');
    case 'too_many_pixels':
      return refused('The image is larger than 50 megapixels.');
  }
}
