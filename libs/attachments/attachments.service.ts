import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { Config } from '#libs/platform/config/config.js';
import { Database } from '#libs/platform/database/database.js';
import { DomainError } from '#libs/platform/errors/domain-error.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';
import { Logger } from '#libs/platform/logging/logger.js';
import { FileStorage } from '#libs/platform/storage/file-storage.js';
import { type AttachedFile, AttachmentsStore } from './attachments.store.js';
import type { AttachmentRules } from './inspection/attachment-rules.js';
import { contentOf } from './inspection/content-of.js';
import { inspectFile } from './inspection/inspect-file.js';
import type { InspectedFile, RefusedFile } from './inspection/inspected-file.js';
import type { SpooledFile } from './spooled-file.js';
import type { StoredFile } from './stored-file.entity.js';

/** A file may wait this long between being stored and being referred to. */
const ORPHAN_MS = 24 * 3_600_000;
const SWEEP_BATCH = 500;

/** The most files that one feedback holds. */
export const MAX_FILES_PER_FEEDBACK = 20;

/** A file in the storage, and what it is called where it is referred to. */
export interface NamedFile {
  readonly fileId: string;
  readonly name: string;
}

/** Files that are in the storage and that nothing refers to yet. */
export interface StagedFiles {
  readonly projectId: number;
  readonly files: readonly NamedFile[];
  /** Those that this request stored; the others were there before. */
  readonly stored: readonly string[];
}

@Injectable()
export class AttachmentsService {
  constructor(
    private readonly store: AttachmentsStore,
    private readonly db: Database,
    private readonly storage: FileStorage,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly logger: Logger,
  ) {}

  /** Looks at each file; the verdicts stand in the order of the files. */
  async inspect(
    files: readonly SpooledFile[],
    rules: Omit<AttachmentRules, 'stripMetadata'>,
  ): Promise<(InspectedFile | RefusedFile)[]> {
    const all = { ...rules, stripMetadata: this.config.stripImageMetadata };
    const verdicts: (InspectedFile | RefusedFile)[] = [];
    for (const file of files) verdicts.push(await inspectFile(file, all));
    return verdicts;
  }

  /**
   * Puts files into the storage, durably, and nothing refers to them yet; a content that this feedback already has is
   * not stored again. When it fails, nothing stays.
   */
  async stage(projectId: number, feedbackId: number, files: readonly InspectedFile[]): Promise<StagedFiles> {
    const known = await this.store.filesByDigest(projectId, feedbackId);
    const fresh = new Map<string, StoredFile & { readonly inspected: InspectedFile }>();
    const now = this.clock.now();
    for (const inspected of files) {
      if (known.has(inspected.sha256) || fresh.has(inspected.sha256)) continue;
      fresh.set(inspected.sha256, {
        inspected,
        projectId,
        id: uuidv7(now.getTime()),
        size: inspected.size,
        mediaType: inspected.mediaType,
        digest: Buffer.from(inspected.sha256, 'hex'),
        width: inspected.dimensions?.width ?? null,
        height: inspected.dimensions?.height ?? null,
        scan: 'not_scanned',
        kept: false,
        createdAt: now,
      });
    }
    const rows = [...fresh.values()].map(({ inspected: _inspected, ...row }) => row);
    const staged: StagedFiles = {
      projectId,
      files: files.map(({ name, sha256 }) => ({
        name,
        fileId: known.get(sha256) ?? fresh.get(sha256)!.id,
      })),
      stored: rows.map(({ id }) => id),
    };
    await this.store.insertFiles(rows);
    try {
      for (const { id, inspected } of fresh.values()) {
        await this.storage.put(id, contentOf(inspected), inspected.size, inspected.mediaType);
      }
    } catch (error) {
      await this.discard(staged);
      throw error;
    }
    return staged;
  }

  /**
   * Ties files that are in the storage to a feedback whose row the caller holds. Runs inside the caller's transaction.
   * @returns the ids of the attachments, in the order of the files
   * @throws DomainError invalid when the feedback would have too many
   */
  async attach({ projectId, files }: Omit<StagedFiles, 'stored'>, feedbackId: number): Promise<number[]> {
    if ((await this.store.count(projectId, feedbackId)) + files.length > MAX_FILES_PER_FEEDBACK) {
      throw new DomainError('invalid', 'files', `A feedback holds at most ${MAX_FILES_PER_FEEDBACK} files.`);
    }
    const createdAt = this.clock.now();
    const ids: number[] = [];
    for (const _ of files) ids.push(await this.store.nextId());
    // Ids come in blocks, so they may be out of order at a block's end; the last row's is the highest.
    ids.sort((a, b) => a - b);
    const written = await this.store.insert(
      files.map(({ name, fileId }, index) => ({
        projectId,
        id: ids[index]!,
        feedbackId,
        fileId,
        name,
        createdAt,
      })),
    );
    if (!written) {
      throw new DomainError(
        'unavailable',
        'files',
        'The files were removed meanwhile. Please send them again.',
        {
          retryAfter: 1,
        },
      );
    }
    return ids;
  }

  /**
   * Ties those files to a feedback that are not tied to it yet. Runs inside the caller's transaction, which holds the
   * feedback's row.
   * @throws DomainError invalid when the feedback would have too many
   */
  async add(projectId: number, feedbackId: number, files: readonly NamedFile[]): Promise<void> {
    if (files.length === 0) return;
    const known = new Set((await this.store.list(projectId, [feedbackId])).map(({ fileId }) => fileId));
    const fresh = files.filter(({ fileId }) => !known.has(fileId));
    if (fresh.length > 0) await this.attach({ projectId, files: fresh }, feedbackId);
  }

  /** Takes back what `stage` stored. Never throws: what is left, the sweep finds. */
  async discard({ projectId, stored }: StagedFiles): Promise<void> {
    try {
      await this.remove(projectId, stored);
    } catch (error) {
      this.logger.warn('staged files could not be removed; the sweep will', { files: stored.length, error });
    }
  }

  list(projectId: number, feedbackIds: readonly number[]): Promise<AttachedFile[]> {
    return feedbackIds.length === 0 ? Promise.resolve([]) : this.store.list(projectId, feedbackIds);
  }

  /** @throws DomainError not_found */
  async open(
    projectId: number,
    feedbackId: number,
    id: number,
  ): Promise<{ file: AttachedFile; content: Readable }> {
    const file = await this.store.find(projectId, feedbackId, id);
    if (!file) throw new DomainError('not_found', 'attachment', 'Attachment not found.');
    return { file, content: await this.storage.get(file.fileId) };
  }

  /**
   * Lets go of the files of feedbacks that are being removed, whose rows the caller holds. Runs inside the caller's
   * transaction; the sweep takes what nothing else refers to.
   */
  release(projectId: number, feedbackIds: readonly number[]): Promise<void> {
    return feedbackIds.length === 0 ? Promise.resolve() : this.store.release(projectId, feedbackIds, null);
  }

  /** The same for some files of a feedback that stays. */
  releaseFiles(projectId: number, feedbackId: number, fileIds: readonly string[]): Promise<void> {
    return fileIds.length === 0 ? Promise.resolve() : this.store.release(projectId, [feedbackId], fileIds);
  }

  /** Removes files that nothing has referred to for a day. @returns how many */
  async sweep(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - ORPHAN_MS);
    let removed = 0;
    for (;;) {
      const orphans = await this.store.orphans(before, SWEEP_BATCH);
      const byProject = Map.groupBy(orphans, ({ projectId }) => projectId);
      for (const [projectId, files] of byProject) {
        removed += await this.remove(
          projectId,
          files.map(({ id }) => id),
        );
      }
      if (orphans.length < SWEEP_BATCH) return removed;
    }
  }

  /**
   * Holds the rows while the files go, so that nothing can start to refer to them; the rows go last: while they are
   * there, a removal that failed is tried again. Files that are referred to (a commit whose answer was lost) stay.
   */
  private async remove(projectId: number, ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    return this.db.transaction(async () => {
      const loose = await this.store.lockLoose(projectId, ids);
      await this.storage.remove(loose);
      await this.store.removeFiles(projectId, loose);
      return loose.length;
    });
  }
}
