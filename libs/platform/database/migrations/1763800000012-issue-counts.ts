import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How much feedback is about each issue, by the day of the feedback: counted as all feedback is (see ADR 10), from links
 * that know their feedback's channel and time, which are gone when a link goes with its feedback.
 */
export class IssueCounts1763800000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

/** The one that folding takes, too: see FeedbackCountsStore. */
const FOLD_LOCK = 4_207_849_313;

const counting = (name: string, sign: '' | '-') => `
create function ${name}() returns trigger language plpgsql as $$
begin
  insert into feedback_issue_count_delta (project_id, id, issue_id, channel_id, quarter, count)
  select project_id, gen_random_uuid(), issue_id, channel_id,
    date_bin('15 minutes', feedback_created_at, '2000-01-01 00:00+00') as quarter, ${sign}count(*)
  from changed group by project_id, issue_id, channel_id, quarter;
  return null;
end $$;
`;

/** All links by the days of a time zone. */
const days = (timeZone: string, where: string) => `
  select l.project_id, (l.feedback_created_at at time zone ${timeZone})::date, l.issue_id, l.channel_id, count(*)
  from feedback_issue l ${where} group by 1, 2, 3, 4`;

const UP = `
alter table feedback_issue add column channel_id bigint, add column feedback_created_at timestamptz(3);
update feedback_issue l set channel_id = f.channel_id, feedback_created_at = f.created_at
from feedback f where f.project_id = l.project_id and f.id = l.feedback_id;
alter table feedback_issue
  alter column channel_id set not null, alter column feedback_created_at set not null;

create table feedback_issue_count (
  project_id bigint not null constraint feedback_issue_count_project_fkey references project (id) on delete cascade,
  -- The day of the feedback in the project's time zone.
  day date not null,
  issue_id bigint not null,
  channel_id bigint not null,
  count integer not null,
  constraint feedback_issue_count_pkey primary key (project_id, day, issue_id, channel_id)
) with (fillfactor = 70);

create table feedback_issue_count_delta (
  project_id bigint not null,
  id uuid not null,
  issue_id bigint not null,
  channel_id bigint not null,
  -- The quarter of an hour of the feedback: the days of every time zone begin at one.
  quarter timestamptz(3) not null,
  count integer not null,
  constraint feedback_issue_count_delta_pkey primary key (project_id, id)
);
${counting('count_feedback_issue_inserted', '')}
${counting('count_feedback_issue_deleted', '-')}
create trigger feedback_issue_counted_insert after insert on feedback_issue
  referencing new table as changed for each statement execute function count_feedback_issue_inserted();
create trigger feedback_issue_counted_delete after delete on feedback_issue
  referencing old table as changed for each statement execute function count_feedback_issue_deleted();

-- As the counts of feedback are: anew, in one statement, when the project moves to a time zone with other days.
create function recount_feedback_issues() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(${FOLD_LOCK});
  delete from feedback_issue_count where project_id = new.id;
  with forgotten as (delete from feedback_issue_count_delta where project_id = new.id)
  insert into feedback_issue_count (project_id, day, issue_id, channel_id, count)
  ${days('new.time_zone', 'where l.project_id = new.id')};
  return null;
end $$;
create trigger project_issues_moved_to_another_time_zone after update of time_zone on project
  for each row when (old.time_zone <> new.time_zone) execute function recount_feedback_issues();

-- How rare a word is, the planner guesses from a sample: of a hundred texts it takes a word in 1 % of them for unknown.
alter table feedback alter column search_text set statistics 500;

-- What was linked before there were counts.
insert into feedback_issue_count (project_id, day, issue_id, channel_id, count)
${days('p.time_zone', 'join project p on p.id = l.project_id')};
`;

const DOWN = `
alter table feedback alter column search_text set statistics default;
drop trigger project_issues_moved_to_another_time_zone on project;
drop function recount_feedback_issues;
drop trigger feedback_issue_counted_delete on feedback_issue;
drop trigger feedback_issue_counted_insert on feedback_issue;
drop function count_feedback_issue_deleted, count_feedback_issue_inserted;
drop table feedback_issue_count_delta, feedback_issue_count;
alter table feedback_issue drop column channel_id, drop column feedback_created_at;
`;
