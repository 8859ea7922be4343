import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { UuidKey } from '#libs/platform/database/columns.js';
import { ScopeTarget } from '#libs/scopes/targets/scope-target.entity.js';
import { Secret } from '../secrets/secret.entity.js';

/** One secret of a server. */
@Entity('server_secret')
@Unique('server_secret_digest_key', ['digest'])
@Index('server_secret_server_idx', ['serverId', 'id'])
@ForeignKey(() => ScopeTarget, ['serverId'], ['id'], {
  name: 'server_secret_server_fkey',
  onDelete: 'CASCADE',
})
export class ServerSecret extends Secret {
  @UuidKey('server_secret_pkey')
  id!: string;

  /** The `id` of the server's target. */
  @Column({ type: 'uuid' })
  serverId!: string;
}
