import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { Config } from '#libs/platform/config/config.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import { FileStorage } from '#libs/platform/storage/file-storage.js';
import { ProjectsService } from '#libs/projects/projects.service.js';
import { AttachmentsService } from './attachments.service.js';
import { contentOf } from './inspection/content-of.js';
import type { InspectedFile, RefusalReason } from './inspection/inspected-file.js';
import { MEDIA_TYPES, type MediaType } from './inspection/media-type.js';
import { spoolContent } from './spool-content.js';
import type { StoredFile } from './stored-file.entity.js';
import { UploadsStore } from './uploads.store.js';

/** Bytes of a file that is announced first and put afterwards. */
export const MAX_UPLOAD_BYTES = 1024 * 1024;
/** Width times height of such an image. */
export const MAX_UPLOAD_PIXELS = 50_000_000;

/** Why a file that was put is refused. */
const REFUSALS = {
  empty: 'The file is empty.',
  too_large: `The file is larger than ${MAX_UPLOAD_BYTES} bytes.`,
  type_not_allowed: 'The content of the file is not of the type that its name says.',
  type_mismatch: 'The content of the file is not of the type that its name says.',
  damaged_image: 'The file is not a readable image.',
  too_many_pixels: 'The image is larger than 50 megapixels.',
} as const satisfies Record<RefusalReason, string>;

/**
 * Files that are announced first, put into the storage next, and referred to by a feedback last. Until it is put, a
 * file has no bytes; until it is referred to, it is not kept, and the sweep takes it after a day.
 */
@Injectable()
export class UploadsService {
  constructor(
    private readonly store: UploadsStore,
    private readonly attachments: AttachmentsService,
    private readonly projects: ProjectsService,
    private readonly storage: FileStorage,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Makes room for a file. Nobody can guess its id: whoever knows it may see the file.
   * @returns the id
   * @throws DomainError conflict (archived project)
   */
  async announce(projectId: number, mediaType: MediaType): Promise<string> {
    await this.projects.requireWritable(projectId);
    const now = this.clock.now();
    const id = uuidv7(now.getTime());
    await this.store.insert({
      projectId,
      id,
      mediaType,
      size: 0,
      digest: Buffer.alloc(0),
      width: null,
      height: null,
      scan: 'not_scanned',
      kept: false,
      createdAt: now,
    });
    return id;
  }

  /** A link that takes the file past this process; undefined where the store has none. */
  directUpload(id: string, seconds: number): Promise<string | undefined> {
    return this.storage.directUpload(id, seconds);
  }

  /**
   * Takes an announced file; until something refers to it, it may be put again.
   * @throws DomainError not_found, conflict (in use), too_large, invalid (its content), unavailable (the storage)
   */
  async put(projectId: number, id: string, content: Readable): Promise<void> {
    const { mediaType } = await this.replaceable(projectId, id);
    await this.inspected(content, mediaType as MediaType, (file) =>
      this.db.transaction(async () => {
        // Held, so that nothing refers to the file and no sweep takes it while its bytes come.
        await this.replaceable(projectId, id, 'hold');
        await this.storage.put(id, contentOf(file), file.size, file.mediaType);
        await this.store.describe(projectId, id, {
          size: file.size,
          digest: Buffer.from(file.sha256, 'hex'),
          width: file.dimensions?.width ?? null,
          height: file.dimensions?.height ?? null,
        });
      }),
    );
  }

  /**
   * An announced file that a feedback is about to refer to. One that went past us is looked at now, and copied: whoever
   * has its link could put another one in its place.
   * @throws DomainError invalid when it was never announced or never put, or for its content
   */
  async require(projectId: number, id: string): Promise<{ id: string; mediaType: MediaType }> {
    const known = await this.store.find(projectId, id);
    if (!known) throw missing();
    const mediaType = known.mediaType as MediaType;
    if (known.size > 0) return { id, mediaType };
    const content = await this.storage.get(id).catch((error: unknown) => {
      throw error instanceof DomainError && error.code === 'not_found' ? missing() : error;
    });
    return this.inspected(content, mediaType, async (file) => {
      const { files } = await this.attachments.stage(projectId, 0, [file]);
      return { id: files[0]!.fileId, mediaType };
    });
  }

  /** @throws DomainError not_found */
  async open(projectId: number, id: string): Promise<{ file: StoredFile; content: Readable }> {
    const file = await this.store.find(projectId, id);
    if (!file || file.size === 0) throw notFound();
    return { file, content: await this.storage.get(id) };
  }

  private async replaceable(projectId: number, id: string, hold?: 'hold'): Promise<StoredFile> {
    const file = await (hold ? this.store.lock(projectId, id) : this.store.find(projectId, id));
    if (!file) throw notFound();
    if (file.kept) throw new DomainError('conflict', 'file', 'The file is in use and cannot be replaced.');
    return file;
  }

  /** Hands on what may be stored of a content, while it lies on the local disk. @throws DomainError too_large, invalid */
  private async inspected<T>(
    content: Readable,
    mediaType: MediaType,
    store: (file: InspectedFile) => Promise<T>,
  ): Promise<T> {
    const spooled = await spoolContent(this.config.spoolDir, content, MAX_UPLOAD_BYTES);
    try {
      const originalName = `image${MEDIA_TYPES[mediaType].extensions[0]}`;
      const [verdict] = await this.attachments.inspect(
        [{ ...spooled, originalName, declaredType: mediaType }],
        { maxBytes: MAX_UPLOAD_BYTES, maxPixels: MAX_UPLOAD_PIXELS, types: [mediaType] },
      );
      if (!verdict!.accepted) throw new DomainError('invalid', 'file', REFUSALS[verdict!.reason]);
      return await store(verdict!);
    } finally {
      await spooled.discard();
    }
  }
}

function notFound(): DomainError {
  return new DomainError('not_found', 'file', 'The file does not exist.');
}

function missing(): DomainError {
  return new DomainError('invalid', 'file', 'The file was not uploaded.');
}
