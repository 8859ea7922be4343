import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { BigIntColumn, BigIntKey, TimeColumn } from '#libs/platform/database/columns.js';
import { StoredFile } from './stored-file.entity.js';

/** A file that came with a feedback. Two of one feedback may share one stored file. */
@Entity('attachment')
@Index('attachment_feedback_idx', ['projectId', 'feedbackId', 'id'])
@Index('attachment_file_idx', ['projectId', 'fileId'])
// By table name: feedback depends on attachments, not the other way round.
@ForeignKey('feedback', ['projectId', 'feedbackId'], ['projectId', 'id'], {
  name: 'attachment_feedback_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => StoredFile, ['projectId', 'fileId'], ['projectId', 'id'], {
  name: 'attachment_file_fkey',
})
export class Attachment {
  @BigIntKey('attachment_pkey')
  projectId!: number;

  @BigIntKey('attachment_pkey')
  id!: number;

  @BigIntColumn()
  feedbackId!: number;

  @Column({ type: 'uuid' })
  fileId!: string;

  /** A safe base name; the storage never sees it. */
  @Column({ type: 'varchar', length: 255 })
  name!: string;

  @TimeColumn()
  createdAt!: Date;
}
