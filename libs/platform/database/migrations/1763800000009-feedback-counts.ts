import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counts of feedback that are exact at every moment and cost writers nothing to share: each statement appends what it
 * changed (feedback_count_delta), a job folds that into days (feedback_count), a reader adds both. See ADR 10.
 */
export class FeedbackCounts1763800000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

/** The cells of the rows of a transition table, each counted `sign` times. */
const cells = (rows: string, sign: 1 | -1) => `
  select f.project_id, f.channel_id, date_bin('15 minutes', f.created_at, '2000-01-01 00:00+00') as quarter,
    f.dialect, coalesce(f.status, 'OPEN') as status,
    case f.sentiment when -1 then 'negative' when 0 then 'neutral' when 1 then 'positive' else 'none' end as sentiment,
    l.label, ${sign} as count
  from ${rows} f cross join lateral (
    select '' as label union all select distinct unnest(f.labels) where f.labels is not null
  ) l`;

/** Cells by the days of a time zone. */
const days = (from: string, timeZone: string) => `
  select c.project_id, (c.quarter at time zone ${timeZone})::date, c.label, c.channel_id, c.dialect, c.status,
    c.sentiment, sum(c.count)
  from ${from} c group by 1, 2, 3, 4, 5, 6, 7`;

/** The one that folding takes, too: see FeedbackCountsStore. */
const FOLD_LOCK = 4_207_849_313;

const counting = (name: string, changes: string) => `
create function ${name}() returns trigger language plpgsql as $$
begin
  insert into feedback_count_delta (project_id, id, channel_id, quarter, dialect, status, sentiment, label, count)
  select project_id, gen_random_uuid(), channel_id, quarter, dialect, status, sentiment, label, sum(count)
  from (${changes}) changed
  group by project_id, channel_id, quarter, dialect, status, sentiment, label
  having sum(count) <> 0;
  return null;
end $$;
`;

const UP = `
create table feedback_count (
  project_id bigint not null constraint feedback_count_project_fkey references project (id) on delete cascade,
  -- The day of the feedback in the project's time zone.
  day date not null,
  -- '' counts every feedback, anything else those that carry the label.
  label varchar(50) not null,
  channel_id bigint not null,
  dialect varchar(30) not null,
  status varchar(20) not null,
  sentiment varchar(8) not null,
  count integer not null,
  constraint feedback_count_pkey primary key (project_id, day, label, channel_id, dialect, status, sentiment)
) with (fillfactor = 70);

create table feedback_count_delta (
  project_id bigint not null,
  id uuid not null,
  channel_id bigint not null,
  -- The quarter of an hour of the feedback: the days of every time zone begin at one.
  quarter timestamptz(3) not null,
  label varchar(50) not null,
  dialect varchar(30) not null,
  status varchar(20) not null,
  sentiment varchar(8) not null,
  count integer not null,
  constraint feedback_count_delta_pkey primary key (project_id, id)
);
${counting('count_feedback_inserted', cells('inserted', 1))}
${counting('count_feedback_updated', `${cells('before_update', -1)} union all ${cells('after_update', 1)}`)}
${counting('count_feedback_deleted', cells('deleted', -1))}
create trigger feedback_counted_insert after insert on feedback
  referencing new table as inserted for each statement execute function count_feedback_inserted();
create trigger feedback_counted_update after update on feedback
  referencing old table as before_update new table as after_update
  for each statement execute function count_feedback_updated();
create trigger feedback_counted_delete after delete on feedback
  referencing old table as deleted for each statement execute function count_feedback_deleted();

-- Another time zone has other days: a project that moves to one is counted anew. The insert is one statement, so that
-- it sees either both or neither of a feedback and its delta; what is being written meanwhile comes as a delta.
create function recount_feedback() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(${FOLD_LOCK});
  delete from feedback_count where project_id = new.id;
  with forgotten as (delete from feedback_count_delta where project_id = new.id)
  insert into feedback_count (project_id, day, label, channel_id, dialect, status, sentiment, count)
  ${days(`(select * from (${cells('feedback', 1)}) every where every.project_id = new.id)`, 'new.time_zone')};
  return null;
end $$;
create trigger project_moved_to_another_time_zone after update of time_zone on project
  for each row when (old.time_zone <> new.time_zone) execute function recount_feedback();

-- Times to acknowledge and to resolve are read from these alone.
create index feedback_acknowledged_idx on feedback (project_id, acknowledged_at, channel_id, created_at)
  where acknowledged_at is not null;
create index feedback_resolved_idx on feedback (project_id, resolved_at, channel_id, created_at)
  where resolved_at is not null;

-- What was written before there were counts.
insert into feedback_count (project_id, day, label, channel_id, dialect, status, sentiment, count)
${days(`(${cells('feedback', 1)})`, '(select p.time_zone from project p where p.id = c.project_id)')};
`;

const DOWN = `
drop index feedback_resolved_idx, feedback_acknowledged_idx;
drop trigger project_moved_to_another_time_zone on project;
drop function recount_feedback;
drop trigger feedback_counted_delete on feedback;
drop trigger feedback_counted_update on feedback;
drop trigger feedback_counted_insert on feedback;
drop function count_feedback_deleted, count_feedback_updated, count_feedback_inserted;
drop table feedback_count_delta, feedback_count;
`;
