import { Injectable } from '@nestjs/common';
import { Any } from 'typeorm';
import { Issue } from '#libs/issues/issue.entity.js';
import { Database, type Statement } from '#libs/platform/database/database.js';
import type { FeedbackIssue } from './feedback-issue.entity.js';

export type Link = Pick<FeedbackIssue, 'projectId' | 'feedbackId' | 'issueId'>;
export type NewLink = Link & Pick<FeedbackIssue, 'channelId' | 'feedbackCreatedAt'>;

@Injectable()
export class FeedbackIssuesStore {
  constructor(private readonly db: Database) {}

  links(projectId: number, feedbackIds: readonly number[]): Promise<Link[]> {
    if (feedbackIds.length === 0) return Promise.resolve([]);
    return this.db.query(
      `select project_id as "projectId", feedback_id as "feedbackId", issue_id as "issueId" from feedback_issue
       where project_id = $1 and feedback_id = any ($2::bigint[]) order by feedback_id, issue_id`,
      [projectId, feedbackIds],
    );
  }

  /** The issues of each feedback, in the order of their ids; feedback without any is left out. */
  async issuesOf(projectId: number, feedbackIds: readonly number[]): Promise<ReadonlyMap<number, Issue[]>> {
    const links = await this.links(projectId, feedbackIds);
    const ids = [...new Set(links.map(({ issueId }) => issueId))];
    const issues = ids.length === 0 ? [] : await this.db.manager.findBy(Issue, { projectId, id: Any(ids) });
    const byId = new Map(issues.map((issue) => [issue.id, issue]));
    const found = new Map<number, Issue[]>();
    for (const { feedbackId, issueId } of links) {
      const issue = byId.get(issueId);
      if (!issue) continue;
      const others = found.get(feedbackId);
      if (others) others.push(issue);
      else found.set(feedbackId, [issue]);
    }
    return found;
  }

  /**
   * The statements that add links which are not there and remove links which are, with the counts of the issues, whose
   * rows the caller holds.
   */
  change(added: readonly NewLink[], removed: readonly Link[], now: Date): Statement[] {
    const counts = new Map<string, { projectId: number; issueId: number; change: number }>();
    const count = (change: 1 | -1, links: readonly Link[]) => {
      for (const { projectId, issueId } of links) {
        const key = `${projectId}/${issueId}`;
        counts.set(key, { projectId, issueId, change: (counts.get(key)?.change ?? 0) + change });
      }
    };
    count(1, added);
    count(-1, removed);
    const changes = [...counts.values()];
    return [
      {
        text: `insert into feedback_issue (project_id, feedback_id, issue_id, channel_id, feedback_created_at, created_at)
          select *, $6::timestamptz from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[],
            $5::timestamptz[])`,
        values: [
          ...columns(added),
          added.map(({ channelId }) => channelId),
          added.map(({ feedbackCreatedAt }) => feedbackCreatedAt),
          now,
        ],
      },
      {
        text: `delete from feedback_issue link
          using unnest($1::bigint[], $2::bigint[], $3::bigint[]) as gone (project_id, feedback_id, issue_id)
          where link.project_id = gone.project_id and link.feedback_id = gone.feedback_id
            and link.issue_id = gone.issue_id`,
        values: columns(removed),
      },
      {
        text: `update issue set feedback_count = issue.feedback_count + counted.change,
            updated_at = greatest($4::timestamptz, issue.updated_at + interval '1 millisecond')
          from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as counted (project_id, id, change)
          where issue.project_id = counted.project_id and issue.id = counted.id`,
        values: [
          changes.map(({ projectId }) => projectId),
          changes.map(({ issueId }) => issueId),
          changes.map(({ change }) => change),
          now,
        ],
      },
    ];
  }
}

function columns(links: readonly Link[]): number[][] {
  return [
    links.map(({ projectId }) => projectId),
    links.map(({ feedbackId }) => feedbackId),
    links.map(({ issueId }) => issueId),
  ];
}
