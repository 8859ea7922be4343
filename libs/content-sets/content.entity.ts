import { Check, Column, Entity, ForeignKey, Index } from 'typeorm';
import { BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { ContentSet } from './content-set.entity.js';
import type { ContentState } from './content-state.js';

/** A thing that people react to: a page, an article, an answer. */
@Entity('content')
@Index('content_key_key', ['projectId', 'contentSetId', 'keyDigest'], { unique: true })
@Index('content_list_idx', ['projectId', 'contentSetId', 'state', 'id'])
// A GIN index, which TypeORM cannot describe: the migration makes it, a test holds that it is there.
@Index('content_search_idx', { synchronize: false })
@Check('content_state_check', `state in ('active', 'inactive', 'archived')`)
@ForeignKey(() => ContentSet, ['projectId', 'contentSetId'], ['projectId', 'id'], {
  name: 'content_content_set_fkey',
  onDelete: 'CASCADE',
})
export class Content {
  @BigIntKey('content_pkey')
  projectId!: number;

  /** A `projectUuid`. */
  @UuidKey('content_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  contentSetId!: string;

  /** 1..1024, unique within the set; compared as it is, character by character. */
  @Column({ type: 'varchar', length: 1024 })
  key!: string;

  /** SHA-256 of the key, which itself is too long for a unique index. */
  @Column({ type: 'bytea' })
  keyDigest!: Buffer;

  @Column({ type: 'varchar', length: 500, nullable: true })
  title!: string | null;

  @Column({ type: 'varchar', length: 2000, nullable: true })
  description!: string | null;

  @Column({ type: 'varchar', length: 2048, nullable: true })
  url!: string | null;

  /** Key, title and address, one a line: what a search looks at. */
  @Column({ type: 'text' })
  searchText!: string;

  @Column({ type: 'varchar', length: 10 })
  state!: ContentState;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn()
  updatedAt!: Date;
}
