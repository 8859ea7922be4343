import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { TimeColumn, UuidKey } from '#libs/platform/database/columns.js';
import { ScopeTarget } from '#libs/scopes/targets/scope-target.entity.js';

/** One secret of a server. It is random, so its SHA-256 is enough; the secret itself is shown once. */
@Entity('server_secret')
@Unique('server_secret_digest_key', ['digest'])
@Index('server_secret_server_idx', ['serverId', 'id'])
@ForeignKey(() => ScopeTarget, ['serverId'], ['id'], {
  name: 'server_secret_server_fkey',
  onDelete: 'CASCADE',
})
export class ServerSecret {
  @UuidKey('server_secret_pkey')
  id!: string;

  /** The `id` of the server's target. */
  @Column({ type: 'uuid' })
  serverId!: string;

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
