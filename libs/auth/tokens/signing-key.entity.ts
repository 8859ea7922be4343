import type { JWK } from 'jose';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '#libs/platform/database/columns.js';

/** A key pair that signs tokens. The private half is sealed; the public half is published. */
@Entity('signing_key')
@Index('signing_key_current_key', ['algorithm'], { unique: true, where: 'retired_at is null' })
export class SigningKey {
  /** The `kid` of tokens: the RFC 7638 thumbprint of the public key. */
  @PrimaryColumn({ type: 'varchar', length: 64, primaryKeyConstraintName: 'signing_key_pkey' })
  id!: string;

  @Column({ type: 'varchar', length: 10 })
  algorithm!: string;

  @Column({ type: 'jsonb' })
  publicJwk!: JWK;

  @Column({ type: 'bytea' })
  privateJwkSealed!: Buffer;

  @TimeColumn()
  createdAt!: Date;

  /** Set: signs no more; still verifies what it signed before. */
  @TimeColumn({ nullable: true })
  retiredAt!: Date | null;
}
