import { Column } from 'typeorm';
import { TimeColumn } from '#libs/platform/database/columns.js';

/** What is kept of a random secret, whose SHA-256 is enough; the secret itself is shown once. */
export abstract class Secret {
  abstract id: string;

  @Column({ type: 'bytea' })
  digest!: Buffer;

  /** The last four characters, to tell secrets apart. */
  @Column({ type: 'varchar', length: 4 })
  hint!: string;

  @TimeColumn()
  createdAt!: Date;

  @TimeColumn({ nullable: true })
  expiresAt!: Date | null;

  @TimeColumn({ nullable: true })
  revokedAt!: Date | null;

  /** To the minute. */
  @TimeColumn({ nullable: true })
  lastUsedAt!: Date | null;
}
