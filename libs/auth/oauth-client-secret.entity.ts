import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { OAuthClient } from './oauth-client.entity.js';

/** One secret of a client. It is random, so its SHA-256 is enough; the secret itself is shown once. */
@Entity('oauth_client_secret')
@Index('oauth_client_secret_client_idx', ['clientId'])
@ForeignKey(() => OAuthClient, ['clientId'], ['id'], {
  name: 'oauth_client_secret_client_fkey',
  onDelete: 'CASCADE',
})
export class OAuthClientSecret {
  @UuidKey('oauth_client_secret_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  clientId!: string;

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

  @TimeColumn({ nullable: true })
  lastUsedAt!: Date | null;
}
