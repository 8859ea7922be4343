import { Injectable } from '@nestjs/common';
import { MEDIA_TYPES, type MediaType } from '#libs/attachments/inspection/media-type.js';
import { UploadsService } from '#libs/attachments/uploads.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { PublicUrl } from '#libs/platform/config/public-url.js';
import { LinkSigner } from '#libs/platform/crypto/link-signer.js';
import { IMAGE_EXTENSIONS, type ImageExtension } from './image-extensions.js';

/** Seconds that a link for an upload lives. */
const LIFETIME = 3600;
const FILE = /^\/files\/(\d{1,16})\/([0-9a-f-]{36})\.([a-z]{3,4})$/;
/** The id that the address of a file ends with, in a store that takes files past us. */
const ID_AT_END = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A file as its address names it. */
export interface FileAddress {
  readonly projectId: number;
  readonly id: string;
  readonly mediaType: MediaType;
}

/** A file that a link leads to. */
export interface FoundFile {
  readonly fileId: string;
  /** The link without its query; undefined when it leads past us into the store, where nobody else may look. */
  readonly shownAt: string | undefined;
}

/** The addresses of images that are kept here: where they are shown, and where they are put. */
@Injectable()
export class ImageLinks {
  constructor(
    private readonly publicUrl: PublicUrl,
    private readonly signer: LinkSigner,
    private readonly uploads: UploadsService,
    private readonly clock: Clock,
  ) {}

  /** Where everybody who has the link can see the file. */
  of(projectId: number, id: string, mediaType: MediaType): string {
    return this.publicUrl.value + pathOf(projectId, id, MEDIA_TYPES[mediaType].extensions[0].slice(1));
  }

  /** Where a new file can be put once, within the hour; without its query the link shows the file. */
  async forUpload(projectId: number, extension: ImageExtension): Promise<string> {
    const id = await this.uploads.announce(projectId, IMAGE_EXTENSIONS[extension]);
    const direct = await this.uploads.directUpload(id, LIFETIME);
    if (direct !== undefined) return direct;
    const path = pathOf(projectId, id, extension);
    const expires = Math.floor(this.clock.now().getTime() / 1000) + LIFETIME;
    const query = new URLSearchParams({
      expires: String(expires),
      signature: this.signer.sign(`PUT ${path}`, expires),
    });
    return `${this.publicUrl.value}${path}?${query.toString()}`;
  }

  /** Whether a link for an upload is one of ours and still good. */
  allowsUpload(path: string, expires: string, signature: string): boolean {
    return this.signer.verify(`PUT ${path}`, Number(expires), signature, this.clock.now());
  }

  /** The file that the path of a link names; undefined when it names none. */
  parse(path: string): FileAddress | undefined {
    const [, projectId, id, extension] = FILE.exec(path) ?? [];
    if (id === undefined || !Object.hasOwn(IMAGE_EXTENSIONS, extension!)) return undefined;
    return { projectId: Number(projectId), id, mediaType: IMAGE_EXTENSIONS[extension as ImageExtension] };
  }

  /** The file of the project that a link in a feedback leads to; undefined for a link to elsewhere. */
  async find(projectId: number, link: unknown): Promise<FoundFile | undefined> {
    if (typeof link !== 'string') return undefined;
    const bare = link.split(/[?#]/, 1)[0]!;
    const base = this.publicUrl.value;
    const address = bare.startsWith(`${base}/files/`) ? this.parse(bare.slice(base.length)) : undefined;
    if (address) return address.projectId === projectId ? { fileId: address.id, shownAt: bare } : undefined;
    const fileId = ID_AT_END.exec(bare)?.[0];
    const direct = fileId && (await this.uploads.directUpload(fileId, 1));
    return direct?.split('?', 1)[0] === bare ? { fileId: fileId!, shownAt: undefined } : undefined;
  }
}

function pathOf(projectId: number, id: string, extension: string): string {
  return `/files/${projectId}/${id}.${extension}`;
}
