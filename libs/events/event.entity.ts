import { Column, Entity } from 'typeorm';
import { BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/** One thing that happened. Ids, member names and enumerations only: never what people wrote or who they are. */
@Entity('event')
export class Event {
  /** 0 for what belongs to the account and to no project. */
  @BigIntKey('event_pkey')
  projectId!: number;

  @UuidKey('event_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  accountId!: string;

  @Column({ type: 'varchar', length: 60 })
  type!: string;

  @Column({ type: 'varchar', length: 20 })
  actorKind!: string;

  @Column({ type: 'varchar', length: 128, nullable: true })
  actorId!: string | null;

  @Column({ type: 'varchar', length: 128 })
  subjectId!: string;

  @Column({ type: 'jsonb' })
  data!: Record<string, unknown>;

  @TimeColumn()
  createdAt!: Date;
}
