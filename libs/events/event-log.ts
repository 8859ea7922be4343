import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { Database, type Statement } from '#libs/platform/database/database.js';
import { uuidv7 } from '#libs/platform/ids/uuid.js';

/** Who caused an event: a kind of principal and its id. */
export interface Actor {
  readonly kind: string;
  readonly id: string | null;
}

export interface NewEvent {
  readonly type: string;
  readonly accountId: string;
  /** Left out for what belongs to the account and to no project. */
  readonly projectId?: number;
  readonly actor: Actor;
  readonly subjectId: string | number;
  /** Ids, member names and enumerations only. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The append-only event log. Called inside the transaction of the data it tells of. */
@Injectable()
export class EventLog {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async append(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { text, values } = this.statement(events);
    await this.db.query(text, values);
  }

  /** The statement that appends, for those who write it together with others. */
  statement(events: readonly NewEvent[]): Statement {
    const now = this.clock.now();
    return {
      text: `insert into event (project_id, id, account_id, type, actor_kind, actor_id, subject_id, data, created_at)
       select *, $9::timestamptz from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[],
         $6::text[], $7::text[], $8::jsonb[])`,
      values: [
        events.map((event) => event.projectId ?? 0),
        events.map(() => uuidv7(now.getTime())),
        events.map((event) => event.accountId),
        events.map((event) => event.type),
        events.map((event) => event.actor.kind),
        events.map((event) => event.actor.id),
        events.map((event) => String(event.subjectId)),
        events.map((event) => JSON.stringify(event.data ?? {})),
        now,
      ],
    };
  }
}
