/**
 * An account's feedback for its inbox: half of the rows in one project, the rest in nineteen others, over one year, by
 * three public APIs; a tenth is triaged. The same at every run but for the moment it ends at: all chance is a hash of
 * the row's number.
 */

/** Rows of the large project that carry the rare label, have the rare status, the rare assignee, or the rare word. */
export const RARE = 20;
export const CHANNELS = { 1: 'user-feedback', 2: 'insider-connect', 3: 'source-import' };

const PROJECTS = 20;
const FIRST_PROJECT = 1_000_000;
const FIRST_ID = 10_000_000;
const ISSUES = 500;
const BATCH = 50_000;
const YEAR_SECONDS = 365 * 86_400;

export const LARGE = FIRST_PROJECT;
/** Of the issue that most feedback is about. */
export const COMMON_ISSUE = 1;
export const RARE_ASSIGNEE = '00000000-0000-7000-8000-0000000000ff';

/** Odd ones are the large project's. */
export function idOf(row) {
  return FIRST_ID + row;
}

/** @param accountId whose projects are made */
export async function loadInbox(query, accountId, rows) {
  await query(PROJECTS_SQL, [accountId, FIRST_PROJECT, PROJECTS]);
  await query(CHANNELS_SQL, [FIRST_PROJECT, PROJECTS, CHANNELS]);
  await query(FIELDS_SQL, [FIRST_PROJECT, PROJECTS]);
  await query(ISSUES_SQL, [FIRST_PROJECT, PROJECTS, ISSUES]);
  const { rows: indexes } = await query(
    `select indexname, indexdef from pg_indexes where tablename = 'feedback' and indexname <> 'feedback_pkey'`,
  );
  for (const { indexname } of indexes) await query(`drop index ${indexname}`);
  // Counted once at the end, as when a project moves to another time zone, and not statement by statement.
  for (const table of TABLES) await query(`alter table ${table} disable trigger user`);
  for (let from = 1; from <= rows; from += BATCH)
    await insert(query, from, Math.min(from + BATCH - 1, rows), rows);
  await query(`set maintenance_work_mem = '512MB'`);
  for (const { indexdef } of indexes) await query(indexdef);
  await query(
    `insert into feedback_issue (project_id, feedback_id, issue_id, channel_id, feedback_created_at, created_at)
     select f.project_id, f.id, 1 + floor($2 * pow(u, 3))::int, f.channel_id, f.created_at, f.created_at
     from feedback f, lateral (select abs(hashint8(f.id + 31)) / 2147483648.0 as u) as chance
     where f.id > $1 and abs(hashint8(f.id + 32)) % 10 < 4`,
    [FIRST_ID, ISSUES],
  );
  for (const table of TABLES) await query(`alter table ${table} enable trigger user`);
  await query(`update project set time_zone = 'Asia/Kathmandu' where id >= $1`, [FIRST_PROJECT]);
  await query(
    `update issue i set feedback_count = (select count(*) from feedback_issue l
    where l.project_id = i.project_id and l.issue_id = i.id) where i.project_id >= $1`,
    [FIRST_PROJECT],
  );
  for (const table of [...TABLES, 'feedback_count', 'feedback_issue_count', 'issue'])
    await query(`vacuum analyze ${table}`);
}

/** Rows `first` to `last` as they come in, a hundred a statement; `total` says how they lie in the year. */
export async function arrive(query, first, last, total) {
  for (let from = first; from <= last; from += 100)
    await insert(query, from, Math.min(from + 99, last), total);
}

function insert(query, from, to, total) {
  return query(INSERT, [
    FIRST_PROJECT,
    PROJECTS,
    FIRST_ID,
    from,
    to,
    YEAR_SECONDS / total,
    total / 2 / RARE,
    RARE_ASSIGNEE,
    CHANNELS,
  ]);
}

const TABLES = ['feedback', 'feedback_issue'];

const PROJECTS_SQL = `
insert into project (id, account_id, name, time_zone, created_at, updated_at)
select $2::bigint + n, $1, 'Inbox ' || n, 'UTC', now(), now() from generate_series(0, $3::int - 1) n`;

const CHANNELS_SQL = `
insert into channel (project_id, id, name, dialect, created_at, updated_at)
select $1::bigint + n, c.key::bigint, 'Channel ' || c.key, c.value, now(), now()
from generate_series(0, $2::int - 1) n, jsonb_each_text($3::jsonb) c`;

const FIELDS_SQL = `
insert into field (project_id, id, channel_id, key, name, format, editable, active, personal, position, created_at,
  updated_at)
select project_id, gen_random_uuid(), id, 'message', 'Message', 'text', true, true, false, 0, now(), now()
from channel where project_id >= $1::bigint and project_id < $1::bigint + $2::int`;

const ISSUES_SQL = `
insert into issue (project_id, id, name, status, feedback_count, created_at, updated_at)
select $1::bigint + n, i, 'Issue ' || i, 'INIT', 0, now(), now()
from generate_series(0, $2::int - 1) n, generate_series(1, $3::int) i`;

/** `chance(k, n)`: one of 0 to n - 1 by lot number k. */
const INSERT = `
with vocabulary as materialized (
  select array(
    select substr('bacadafagahajakalamanaparasatavawa', 1 + 2 * (n % 17), 2)
      || substr('beceflegiponorusturimodeli', 1 + 2 * (n / 17 % 13), 2)
      || substr('ntrsldmnstrkpl', 1 + 2 * (n % 7), 2) || chr(97 + n / 221 % 26)
    from generate_series(0, 2999) n
  ) as words
)
insert into feedback (project_id, id, channel_id, dialect, fields, search_text, author_email, author_email_normalized,
  sentiment, status, severity, labels, category, assignee_id, acknowledged_at, resolved_at, submitted_at, created_at,
  updated_at)
select project, $3::bigint + n, channel, $9::jsonb ->> channel::text, jsonb_build_object('message', message), message,
  email, email,
  case when channel = 2 then (array[-1, -1, 0, 1, 1])[1 + chance(1, 5)] end,
  status,
  case when triaged then (array['LOW', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'HIGH', 'HIGH', 'CRITICAL'])[1 + chance(2, 7)] end,
  case when rare then array['unicorn', 'bug']
    when triaged then (array['{bug}', '{bug,export}', '{billing}', '{ui}', '{ui,slow,bug}'])[1 + chance(3, 5)]::varchar[] end,
  case when triaged and chance(4, 2) = 0 then (array['reports', 'payments', 'other', 'login'])[1 + chance(5, 4)] end,
  case when rare then $8
    when triaged then '00000000-0000-7000-8000-00000000000' || floor(10 * pow(chance(6, 1000) / 1000.0, 2)) end,
  case when status is not null then moment + chance(7, 86400) * interval '1 second' end,
  case when status in ('RESOLVED', 'DECLINED') then moment + (86400 + chance(8, 259200)) * interval '1 second' end,
  moment, moment, moment
from vocabulary, generate_series($4::bigint, $5::bigint) n,
  lateral (select case when n % 2 = 1 then $1::bigint else $1::bigint + 1 + n / 2 % ($2::int - 1) end as project,
    (n + 1) / 2 % $7::int = 7 as rare, chance(0, 10) = 0 as triaged,
    (array[1, 1, 1, 1, 1, 1, 2, 2, 2, 3])[1 + chance(9, 10)] as channel,
    'user' || chance(10, 100000) || '@example.com' as email,
    date_trunc('milliseconds', now() - interval '365 days' + n * $6::float8 * interval '1 second') as moment) as lots,
  lateral (select case when rare then 'DECLINED' when triaged
    then (array['ACKNOWLEDGED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'RESOLVED', 'RESOLVED', 'RESOLVED'])[1 + chance(11, 6)]
    end as status) as stage,
  lateral (select array_to_string(array(
    select words[1 + floor(3000 * pow(abs(hashint8(n * 16 + k)) / 2147483648.0, 2))::int] from generate_series(1, 14) k
  ), ' ')
    || case when chance(12, 2) = 0 then ' and the application' else '' end
    || case when chance(13, 100) = 0 then ' percentile' else '' end
    || case when rare then ' xylophone' else '' end as message) as m`.replaceAll(
  /chance\((\d+), (\d+)\)/g,
  (_, lot, of) => `(abs(hashint8(n + ${Number(lot) * 1_000_003})::bigint) % ${of})`,
);
