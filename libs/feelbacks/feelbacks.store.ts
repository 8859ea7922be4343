import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database, type Statement } from '#libs/platform/database/database.js';
import { projectOf } from '#libs/platform/ids/project-uuid.js';
import { type PageNumber, offsetOf } from '#libs/platform/paging/numbered-page.js';
import { Feelback } from './feelback.entity.js';

/** What a list is narrowed to: a content, or whole sets. */
export interface FeelbackScope {
  readonly projectId: number;
  readonly contentSetId: string;
  /** Left out: every content of the set. */
  readonly contentId?: string | undefined;
}

export type FeelbackState = 'active' | 'revoked';

@Injectable()
export class FeelbacksStore {
  constructor(private readonly db: Database) {}

  /** The statement that writes all rows. */
  insertMany(rows: readonly Feelback[]): Statement {
    return {
      text: 'insert into feelback select * from jsonb_populate_recordset(null::feelback, $1::jsonb)',
      values: [JSON.stringify(rows.map(toRecord))],
    };
  }

  /** Whoever asks: the caller looks at the feelback's set. */
  async find(id: string): Promise<Feelback | null> {
    const projectId = projectOf(id);
    return projectId === undefined
      ? null
      : this.db.manager.findOneBy(Feelback, { projectId, id: id.toLowerCase() });
  }

  /** Holds the feelback until the transaction ends. */
  lock({ projectId, id }: Pick<Feelback, 'projectId' | 'id'>): Promise<Feelback | null> {
    return this.db.manager
      .createQueryBuilder(Feelback, 'feelback')
      .setLock('for_no_key_update')
      .where('feelback.projectId = :projectId and feelback.id = :id', { projectId, id })
      .getOne();
  }

  async update(feelback: Feelback): Promise<void> {
    const { projectId, id, value, bucket, revokeDigest, revocableUntil, updatedAt, revokedAt } = feelback;
    await this.db.manager.update(
      Feelback,
      { projectId, id },
      { value, bucket, revokeDigest, revocableUntil, updatedAt, revokedAt },
    );
  }

  /** Newest first. Each scope and state is read in the order of its index; what is cut out of them is the page. */
  async page(
    scopes: readonly FeelbackScope[],
    states: readonly FeelbackState[],
    request: PageNumber,
  ): Promise<Feelback[]> {
    // One content, or whole sets: never a mixture, so that each has its index.
    const place = scopes[0]?.contentId === undefined ? 'content_set_id' : 'content_id';
    const branches = states.map(
      (state) => `(
        select f.project_id, f.id from feelback f
        where f.project_id = s.project_id and f.${place} = s.id
          and f.revoked_at is ${state === 'revoked' ? 'not null' : 'null'}
        order by f.id desc limit $3::bigint + $4::bigint)`,
    );
    const rows = await this.db.query<{ projectId: number; id: string }>(
      `select one.project_id as "projectId", one.id
       from unnest($1::bigint[], $2::uuid[]) as s (project_id, id)
       cross join lateral (${branches.join(' union all ')}) as one
       order by one.id desc offset $3 limit $4`,
      [
        scopes.map(({ projectId }) => projectId),
        scopes.map(({ contentSetId, contentId }) => contentId ?? contentSetId),
        offsetOf(request),
        request.limit,
      ],
    );
    if (rows.length === 0) return [];
    return this.db.manager.find(Feelback, {
      where: {
        projectId: In([...new Set(rows.map(({ projectId }) => projectId))]),
        id: In(rows.map(({ id }) => id)),
      },
      order: { id: 'DESC' },
    });
  }
}

/** The row under the names of its columns. */
function toRecord(feelback: Feelback): Record<string, unknown> {
  return {
    project_id: feelback.projectId,
    id: feelback.id,
    content_set_id: feelback.contentSetId,
    content_id: feelback.contentId,
    value: feelback.value,
    bucket: feelback.bucket,
    context: feelback.context,
    profiling: feelback.profiling,
    revoke_digest: feelback.revokeDigest && String.raw`\x${feelback.revokeDigest.toString('hex')}`,
    revocable_until: feelback.revocableUntil,
    created_at: feelback.createdAt,
    updated_at: feelback.updatedAt,
    revoked_at: feelback.revokedAt,
    feedback_id: feelback.feedbackId,
  };
}
