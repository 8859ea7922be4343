import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '#libs/platform/database/database.js';
import { IdBlocks } from '#libs/platform/ids/id-blocks.js';
import { Attachment } from './attachment.entity.js';
import { StoredFile } from './stored-file.entity.js';

/** An attachment with what is known of its file. */
export interface AttachedFile {
  readonly id: number;
  readonly feedbackId: number;
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** The `increment by` of attachment_id_seq. */
const ID_BLOCK = 16;

@Injectable()
export class AttachmentsStore {
  private readonly ids: IdBlocks;

  constructor(private readonly db: Database) {
    this.ids = new IdBlocks(db, 'attachment_id_seq', ID_BLOCK);
  }

  nextId(): Promise<number> {
    return this.ids.take();
  }

  async insertFiles(files: readonly StoredFile[]): Promise<void> {
    if (files.length > 0) await this.db.manager.insert(StoredFile, [...files]);
  }

  /** Writes the attachments and keeps their files; false when the sweep has taken one of them meanwhile. */
  async insert(attachments: readonly Attachment[]): Promise<boolean> {
    const [{ projectId } = { projectId: 0 }] = attachments;
    const fileIds = [...new Set(attachments.map(({ fileId }) => fileId))];
    const kept = await this.db.query(
      'update stored_file set kept = true where project_id = $1 and id = any ($2::uuid[]) returning id',
      [projectId, fileIds],
    );
    if (kept.length < fileIds.length) return false;
    await this.db.manager.insert(Attachment, [...attachments]);
    return true;
  }

  async count(projectId: number, feedbackId: number): Promise<number> {
    return this.db.manager.countBy(Attachment, { projectId, feedbackId });
  }

  /** Ids of files of this feedback by the hex digest of their content. */
  async filesByDigest(projectId: number, feedbackId: number): Promise<Map<string, string>> {
    const rows = await this.db.query<{ id: string; digest: Buffer }>(
      `select f.id, f.digest from attachment a
       join stored_file f on f.project_id = a.project_id and f.id = a.file_id
       where a.project_id = $1 and a.feedback_id = $2`,
      [projectId, feedbackId],
    );
    return new Map(rows.map(({ id, digest }) => [digest.toString('hex'), id]));
  }

  /** Attachments of these feedbacks, in the order of their ids. */
  list(projectId: number, feedbackIds: readonly number[]): Promise<AttachedFile[]> {
    return this.db.query(
      `${SELECT} where a.project_id = $1 and a.feedback_id = any ($2::bigint[]) order by a.id`,
      [projectId, feedbackIds],
    );
  }

  async find(projectId: number, feedbackId: number, id: number): Promise<AttachedFile | undefined> {
    const [row] = await this.db.query<AttachedFile>(
      `${SELECT} where a.project_id = $1 and a.feedback_id = $2 and a.id = $3`,
      [projectId, feedbackId, id],
    );
    return row;
  }

  /** Files that nothing refers to and that are older than `before`; at most `limit`. */
  orphans(before: Date, limit: number): Promise<Pick<StoredFile, 'projectId' | 'id'>[]> {
    return this.db.query(
      `select project_id as "projectId", id from stored_file
       where not kept and created_at < $1 order by created_at limit $2`,
      [before, limit],
    );
  }

  /** Holds the rows of those files that nothing refers to. */
  async lockLoose(projectId: number, ids: readonly string[]): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `select id from stored_file where project_id = $1 and id = any ($2::uuid[]) and not kept
       order by id for update`,
      [projectId, ids],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Removes attachments of these feedbacks: all, or those of some files. Files that nothing refers to any more are no
   * longer kept. Their rows are held first, as by whoever refers to them anew: so neither misses what the other did.
   */
  async release(
    projectId: number,
    feedbackIds: readonly number[],
    fileIds: readonly string[] | null,
  ): Promise<void> {
    const rows = await this.db.query<{ id: string }>(
      `select id from stored_file where project_id = $1 and id in (
         select file_id from attachment where project_id = $1 and feedback_id = any ($2::bigint[]))
         and ($3::uuid[] is null or id = any ($3::uuid[]))
       order by id for update`,
      [projectId, feedbackIds, fileIds],
    );
    if (rows.length === 0) return;
    const held = rows.map(({ id }) => id);
    await this.db.query(
      `delete from attachment where project_id = $1 and feedback_id = any ($2::bigint[])
         and file_id = any ($3::uuid[])`,
      [projectId, feedbackIds, held],
    );
    await this.db.query(
      `update stored_file f set kept = false where f.project_id = $1 and f.id = any ($2::uuid[]) and not exists (
         select 1 from attachment a where a.project_id = f.project_id and a.file_id = f.id)`,
      [projectId, held],
    );
  }

  async removeFiles(projectId: number, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.db.manager.delete(StoredFile, { projectId, id: In([...ids]) });
  }
}

const SELECT = `
  select a.id, a.feedback_id as "feedbackId", a.file_id as "fileId", a.name, f.media_type as "mediaType", f.size
  from attachment a join stored_file f on f.project_id = a.project_id and f.id = a.file_id`;
