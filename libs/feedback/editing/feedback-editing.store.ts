import { Injectable } from '@nestjs/common';
import { Any, type QueryDeepPartialEntity } from 'typeorm';
import { Database, type Statement } from '#libs/platform/database/database.js';
import { Feedback } from '../feedback.entity.js';
import type { ChannelRef } from '../feedback.store.js';

@Injectable()
export class FeedbackEditingStore {
  constructor(private readonly db: Database) {}

  /** Holds the row until the transaction ends, and answers it as it is then. */
  lock({ projectId, channelId }: ChannelRef, id: number): Promise<Feedback | null> {
    return this.db.manager.findOne(Feedback, {
      where: { projectId, channelId, id },
      lock: { mode: 'for_no_key_update' },
    });
  }

  /** Holds the rows that are there, in the order of their ids, as whoever removes them must. @returns their ids */
  async lockMany({ projectId, channelId }: ChannelRef, ids: readonly number[]): Promise<number[]> {
    const rows = await this.db.query<{ id: number }>(
      `select id from feedback where project_id = $1 and id = any ($2::bigint[]) and channel_id = $3
       order by id for update`,
      [projectId, ids, channelId],
    );
    return rows.map(({ id }) => id);
  }

  /** The statement that notes a change of a row that the caller holds. */
  touch({ projectId, id }: Pick<Feedback, 'projectId' | 'id'>, updatedAt: Date): Statement {
    return {
      text: 'update feedback set updated_at = $3::timestamptz where project_id = $1::bigint and id = $2::bigint',
      values: [projectId, id, updatedAt],
    };
  }

  async update({ projectId, id, ...members }: Feedback): Promise<void> {
    await this.db.manager.update(Feedback, { projectId, id }, members as QueryDeepPartialEntity<Feedback>);
  }

  async remove(projectId: number, ids: readonly number[]): Promise<void> {
    await this.db.manager.delete(Feedback, { projectId, id: Any([...ids]) });
  }
}
