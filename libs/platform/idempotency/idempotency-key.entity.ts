import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { BigIntKey, TimeColumn, UuidKey } from '#libs/platform/database/columns.js';

/** A key that a client gave to a write, for a day. */
@Entity('idempotency_key')
@Index('idempotency_key_sweep_idx', ['createdAt'])
export class IdempotencyKey {
  @BigIntKey('idempotency_key_pkey')
  projectId!: number;

  @UuidKey('idempotency_key_pkey')
  credentialId!: string;

  /** SHA-256 of the key. */
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'idempotency_key_pkey' })
  keyDigest!: Buffer;

  /** SHA-256 of what was asked for. */
  @Column({ type: 'bytea' })
  fingerprint!: Buffer;

  /** Ids of what was made. */
  @Column({ type: 'jsonb' })
  result!: unknown;

  @TimeColumn()
  createdAt!: Date;
}
