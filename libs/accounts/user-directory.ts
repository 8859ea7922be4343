import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '#libs/platform/changes/change-feed.js';
import { FreshCache } from '#libs/platform/changes/fresh-cache.js';
import { isUuid } from '#libs/platform/ids/uuid.js';
import type { User } from './user.entity.js';
import { UsersStore } from './users.store.js';

/** Who people are, for those who hold nothing but an id; an id may be of somebody who is no user of ours. */
@Injectable()
export class UserDirectory {
  private readonly users: FreshCache<User | null>;

  constructor(
    private readonly store: UsersStore,
    feed: ChangeFeed,
  ) {
    this.users = new FreshCache({
      feed,
      topic: 'user',
      load: (id) => this.store.findById(id),
    });
  }

  /** A user of the account, switched off or not; null when there is none with this id. */
  async find(accountId: string, id: string): Promise<User | null> {
    const user = isUuid(id) ? await this.users.get(id.toLowerCase()) : null;
    return user?.accountId === accountId ? user : null;
  }

  /** The names of those of `ids` that are users of the account and have one, by id as it was given. */
  async names(accountId: string, ids: Iterable<string | null>): Promise<ReadonlyMap<string, string>> {
    const known = [...new Set(ids)].filter((id) => isUuid(id));
    if (known.length === 0) return new Map();
    const names = await this.store.names(accountId, known);
    return new Map(
      known.flatMap((id) => {
        const name = names.get(id.toLowerCase());
        return name == null ? [] : [[id, name] as const];
      }),
    );
  }
}
