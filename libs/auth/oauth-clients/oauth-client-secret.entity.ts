import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { UuidKey } from '#libs/platform/database/columns.js';
import { Secret } from '../secrets/secret.entity.js';
import { OAuthClient } from './oauth-client.entity.js';

/** One secret of a client. */
@Entity('oauth_client_secret')
@Index('oauth_client_secret_client_idx', ['clientId'])
@ForeignKey(() => OAuthClient, ['clientId'], ['id'], {
  name: 'oauth_client_secret_client_fkey',
  onDelete: 'CASCADE',
})
export class OAuthClientSecret extends Secret {
  @UuidKey('oauth_client_secret_pkey')
  id!: string;

  @Column({ type: 'uuid' })
  clientId!: string;
}
