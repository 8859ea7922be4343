import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ClientPrincipal } from '#libs/accounts/principal.js';
import { AttachmentsService } from '#libs/attachments/attachments.service.js';
import type { AttachedFile } from '#libs/attachments/attachments.store.js';
import type { InspectedFile, RefusalReason } from '#libs/attachments/inspection/inspected-file.js';
import { FeedbackService } from '#libs/feedback/feedback.service.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import type { Once } from '#libs/platform/idempotency/idempotency.js';
import { idempotencyClaim } from '#apps/api/src/http/idempotency/claim.js';
import { MultipartReader } from '#apps/api/src/http/uploads/multipart-reader.js';

/** 4 MB, inclusive. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024;

const RULES = {
  maxBytes: MAX_FILE_BYTES,
  maxPixels: 50_000_000,
  types: ['image/jpeg', 'image/png', 'application/pdf'],
} as const;

const WRONG_TYPE = 'File type is not allowed. Allowed types: image/jpeg, image/png, application/pdf.';

/** The sentence for size is the published API's own, word for word; the others follow its manner. */
const REFUSALS = {
  empty: 'File is empty.',
  too_large: 'File size cannot exceed 4MB.',
  type_not_allowed: WRONG_TYPE,
  type_mismatch: WRONG_TYPE,
  damaged_image: 'File is not a readable image.',
  too_many_pixels: 'Image cannot exceed 50 megapixels.',
} as const satisfies Record<RefusalReason, string>;

/** Takes the files of a request to the feedback that they belong to. */
@Injectable()
export class AttachmentUpload {
  constructor(
    private readonly reader: MultipartReader,
    private readonly feedback: FeedbackService,
    private readonly attachments: AttachmentsService,
  ) {}

  /** @returns the ids of the attachments @throws DomainError with a sentence for each file that is wrong */
  async receive(
    caller: ClientPrincipal,
    feedbackId: number,
    request: Request,
    response: Response,
  ): Promise<Once<number[]>> {
    // Before the first byte of the body: a stranger's feedback is no reason to spool 40 MB.
    await this.feedback.require(caller, feedbackId);
    const upload = await this.reader.read(request, response, 'files');
    try {
      if (upload.files.length === 0) throw invalid(['At least one file is required.']);
      const verdicts = await this.attachments.inspect(upload.files, RULES);
      const refused = verdicts.flatMap((file) => (file.accepted ? [] : [REFUSALS[file.reason]]));
      if (refused.length > 0) throw invalid(refused);
      const files = verdicts as InspectedFile[];
      const claim = idempotencyClaim(
        request,
        caller,
        files.map(({ name, mediaType, sha256 }) => [name, mediaType, sha256]),
      );
      return await this.feedback.attach(caller, feedbackId, files, claim);
    } finally {
      await upload.discard();
    }
  }

  open(
    caller: ClientPrincipal,
    feedbackId: number,
    attachmentId: number,
  ): Promise<{ file: AttachedFile; content: Readable }> {
    return this.feedback.openFile(caller, feedbackId, attachmentId);
  }
}

function invalid(messages: readonly string[]): DomainError {
  return new DomainError('invalid', 'files', messages.join(' '), {
    violations: messages.map((message) => ({ field: 'files', message })),
  });
}
