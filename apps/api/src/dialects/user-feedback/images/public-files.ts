import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { StoredFile } from '#libs/attachments/stored-file.entity.js';
import { MAX_UPLOAD_BYTES, UploadsService } from '#libs/attachments/uploads.service.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { discardRest } from '#apps/api/src/http/uploads/discard-rest.js';
import type { SignatureParameters } from '../dto/images.dto.js';
import { type FileAddress, ImageLinks } from './image-links.js';

/** A refused upload may go on for so much and so long, so that its sender gets to see the answer. */
const DISCARD_BYTES = 10 * MAX_UPLOAD_BYTES;
const DISCARD_MS = 10_000;

/** What a link to an image allows. */
@Injectable()
export class PublicFiles {
  constructor(
    private readonly links: ImageLinks,
    private readonly uploads: UploadsService,
  ) {}

  /** @throws DomainError not_found */
  async open(path: string): Promise<{ file: StoredFile; content: Readable }> {
    const { projectId, id, mediaType } = this.address(path);
    const opened = await this.uploads.open(projectId, id);
    if (opened.file.mediaType === mediaType) return opened;
    opened.content.destroy();
    throw notFound();
  }

  /** @throws DomainError forbidden (the signature), not_found, conflict (in use), too_large, unsupported, invalid (the file) */
  async put(
    path: string,
    { expires = '', signature = '' }: SignatureParameters,
    request: IncomingMessage,
  ): Promise<void> {
    try {
      const { projectId, id } = this.address(path);
      if (!this.links.allowsUpload(path, expires, signature)) {
        throw new DomainError('forbidden', 'signature', 'The link is not signed, or it has expired.');
      }
      if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
        throw new DomainError('unsupported', 'body', 'The file must be sent without a content encoding.');
      }
      if (Number(request.headers['content-length'] ?? 0) > MAX_UPLOAD_BYTES) {
        throw new DomainError('too_large', 'file', `The file is larger than ${MAX_UPLOAD_BYTES} bytes.`);
      }
      await this.uploads.put(projectId, id, request);
    } catch (error) {
      discardRest(request, DISCARD_BYTES, DISCARD_MS);
      throw error;
    }
  }

  private address(path: string): FileAddress {
    const address = this.links.parse(path);
    if (!address) throw notFound();
    return address;
  }
}

function notFound(): DomainError {
  return new DomainError('not_found', 'file', 'There is no such file.');
}
