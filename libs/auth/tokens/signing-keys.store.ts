import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import { SigningKey } from './signing-key.entity.js';

@Injectable()
export class SigningKeysStore {
  constructor(private readonly db: Database) {}

  /** The key that signs, and those that were retired after `since`; newest first. */
  usable(since: Date): Promise<SigningKey[]> {
    return this.db.manager
      .createQueryBuilder(SigningKey, 'key')
      .where('key.retired_at is null or key.retired_at > :since', { since })
      .orderBy('key.created_at', 'DESC')
      .addOrderBy('key.id', 'DESC')
      .getMany();
  }

  /** Makes `key` the one that signs; false when another process was faster and nothing changed. */
  async insertFirst(key: SigningKey): Promise<boolean> {
    const result = await this.db.manager
      .createQueryBuilder()
      .insert()
      .into(SigningKey)
      .values(key)
      .orIgnore()
      .returning('id')
      .execute();
    return (result.raw as unknown[]).length > 0;
  }

  /** Retires the key that signs and puts `key` in its place. */
  replace(key: SigningKey): Promise<void> {
    return this.db.transaction(async () => {
      // Serialises two rotations: the second retires the first one's key.
      await this.db.query('lock table signing_key in share row exclusive mode');
      await this.db.query(
        `update signing_key set retired_at = $2 where algorithm = $1 and retired_at is null`,
        [key.algorithm, key.createdAt],
      );
      await this.db.manager.insert(SigningKey, key);
    });
  }
}
