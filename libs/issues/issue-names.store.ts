import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform/database/database.js';
import type { Issue } from './issue.entity.js';

/** An issue by its name. */
export interface NamedIssue {
  readonly projectId: number;
  readonly name: string;
}

/** An issue whose row is held. */
export type HeldIssue = Pick<Issue, 'projectId' | 'id' | 'name'>;

@Injectable()
export class IssueNamesStore {
  constructor(private readonly db: Database) {}

  /** Marks where the open transaction can go back to. */
  async mark(): Promise<void> {
    await this.db.query('savepoint held_issues');
  }

  /** Lets go of what was held since the mark. */
  async backToMark(): Promise<void> {
    await this.db.query('rollback to savepoint held_issues');
  }

  /** Takes turns with everybody who is about to give or change names in these projects. */
  async holdNames(projectIds: readonly number[]): Promise<void> {
    await this.db.query(
      `select pg_advisory_xact_lock(hashtextextended('issue names of ' || project_id, 0))
       from (select distinct project_id from unnest($1::bigint[]) as p (project_id) order by 1) as ordered`,
      [projectIds],
    );
  }

  /** Holds the issues with these names or these ids, in the order of their ids. */
  hold(
    named: readonly NamedIssue[],
    known: readonly Pick<Issue, 'projectId' | 'id'>[],
  ): Promise<HeldIssue[]> {
    return this.db.query(
      `select issue.project_id as "projectId", issue.id, issue.name
       from (
         select i.project_id, i.id from unnest($1::bigint[], $2::text[]) as wanted (project_id, name)
           join issue i on i.project_id = wanted.project_id and i.name = wanted.name
         union
         select * from unnest($3::bigint[], $4::bigint[])
       ) as wanted
       join issue on issue.project_id = wanted.project_id and issue.id = wanted.id
       order by issue.project_id, issue.id
       for no key update of issue`,
      [
        named.map(({ projectId }) => projectId),
        named.map(({ name }) => name),
        known.map(({ projectId }) => projectId),
        known.map(({ id }) => id),
      ],
    );
  }

  /** Makes those issues that are not there. @returns the ones that were made */
  insertMissing(named: readonly NamedIssue[], now: Date): Promise<HeldIssue[]> {
    return this.db.query(
      `insert into issue (project_id, id, name, status, feedback_count, created_at, updated_at)
       select wanted.project_id, nextval('issue_id_seq'), wanted.name, 'INIT', 0, $3, $3
       from unnest($1::bigint[], $2::text[]) as wanted (project_id, name)
       where not exists (select from issue i where i.project_id = wanted.project_id and i.name = wanted.name)
       order by wanted.project_id, wanted.name
       on conflict on constraint issue_name_key do nothing
       returning project_id as "projectId", id, name`,
      [named.map(({ projectId }) => projectId), named.map(({ name }) => name), now],
    );
  }
}
