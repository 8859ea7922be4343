import { Injectable } from '@nestjs/common';
import { MAX_FILES_PER_FEEDBACK, type NamedFile } from '#libs/attachments/attachments.service.js';
import { UploadsService } from '#libs/attachments/uploads.service.js';
import type { ChannelSchema } from '#libs/channels/channel-schema.js';
import { refused } from '../refuse.js';
import { type FoundFile, ImageLinks } from './image-links.js';

/** Links of a feedback that lead to files of ours. */
export type OwnLinks = ReadonlyMap<unknown, FoundFile>;

/** What becomes of them. */
export interface OwnImages {
  readonly files: readonly NamedFile[];
  /** All values of the feedback, with the links under which the files are shown, wherever they were put. */
  readonly values: Readonly<Record<string, unknown>>;
}

type Values = Readonly<Record<string, unknown>>;

/** Images that were put here before the feedback that shows them. */
@Injectable()
export class OwnImagesService {
  constructor(
    private readonly links: ImageLinks,
    private readonly uploads: UploadsService,
  ) {}

  /** The links among the values, which have not been checked yet. */
  async find(schema: ChannelSchema, values: Values): Promise<OwnLinks> {
    const found = new Map<unknown, FoundFile>();
    for (const link of imagesIn(schema, values).flatMap(([, links]) => links)) {
      const file = await this.links.find(schema.channel.projectId, link);
      if (file) found.set(link, file);
    }
    return found;
  }

  /** @throws DomainError invalid for a file that was never put or is not what it says, or when there are too many */
  async require(schema: ChannelSchema, values: Values, own: OwnLinks): Promise<OwnImages> {
    const { projectId } = schema.channel;
    if (new Set([...own.values()].map(({ fileId }) => fileId)).size > MAX_FILES_PER_FEEDBACK) {
      throw refused(`A feedback holds at most ${MAX_FILES_PER_FEEDBACK} files.`);
    }
    const files = new Map<string, NamedFile>();
    const shownAt = new Map<unknown, string>();
    for (const [link, found] of own) {
      const { id, mediaType } = await this.uploads.require(projectId, found.fileId);
      const address = this.links.of(projectId, id, mediaType);
      shownAt.set(link, found.shownAt ?? address);
      files.set(id, { fileId: id, name: address.slice(address.lastIndexOf('/') + 1) });
    }
    const shown = imagesIn(schema, values).map(([key, links]) => [
      key,
      links.map((link) => shownAt.get(link) ?? link),
    ]);
    return { files: [...files.values()], values: { ...values, ...Object.fromEntries(shown) } };
  }
}

/** The lists of links by field key. */
function imagesIn({ fields }: ChannelSchema, values: Values): [string, readonly unknown[]][] {
  return fields.flatMap(({ key, format }): [string, readonly unknown[]][] => {
    const links = values[key];
    return format === 'images' && Array.isArray(links) ? [[key, links]] : [];
  });
}
