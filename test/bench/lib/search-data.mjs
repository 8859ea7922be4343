/**
 * Feedback for searching: half of the rows in one channel, the other half in another project. What is searched for
 * occurs equally often at every size, or in the same share of the rows, as `SHARES` says; the rest is noise. The same
 * at every run: all chance is a hash of the row's number.
 */

/** How many rows of the channel have it, whatever the size: its matches lie all over the table. */
export const EQUAL = 500;
export const RARE = 20;

const GIN = ['feedback_fields_idx', 'feedback_search_idx'];
const BATCH = 50_000;
const FIRST_ID = 10_000_000;
/** Of the first row; each later one is a second younger. */
export const FIRST_MOMENT = Date.UTC(2026, 0, 1);

/** Row numbers from 1 on; odd ones are the channel's. */
export function idOf(row) {
  return FIRST_ID + row;
}

/** Fills the table with rows 1 to `rows`, instead of what was loaded before. */
export async function loadFeedback(query, { projectId, channelId }, rows) {
  await query('delete from feedback_issue where feedback_id > $1', [FIRST_ID]);
  await query('delete from feedback where id > $1', [FIRST_ID]);
  const noise = await neighbour(query, projectId, channelId);
  const { rows: indexes } = await query(
    'select indexname, indexdef from pg_indexes where indexname = any($1::text[])',
    [GIN],
  );
  for (const { indexname } of indexes) await query(`drop index ${indexname}`);
  try {
    for (let from = 1; from <= rows; from += BATCH) {
      await query(INSERT, [
        projectId,
        channelId,
        noise,
        from,
        Math.min(from + BATCH - 1, rows),
        rows,
        new Date(FIRST_MOMENT),
        EQUAL,
        RARE,
        FIRST_ID,
      ]);
    }
  } finally {
    await query(`set maintenance_work_mem = '512MB'`);
    for (const { indexdef } of indexes) await query(indexdef);
  }
  const issueId = await linkIssue(query, projectId, rows);
  await query('vacuum analyze feedback');
  await query('vacuum analyze feedback_issue');
  return { issueId };
}

/** Another project of the account, with a channel of the same number. */
async function neighbour(query, projectId, channelId) {
  const { rows } = await query(
    `with known as (
       select id from project where name = 'Bench neighbour'
     ), made as (
       insert into project (id, account_id, name, time_zone, created_at, updated_at)
       select nextval('project_id_seq'), account_id, 'Bench neighbour', 'UTC', now(), now() from project
       where id = $1 and not exists (select 1 from known) returning id
     ) select id from known union all select id from made`,
    [projectId],
  );
  await query(
    `insert into channel (project_id, id, name, dialect, created_at, updated_at)
     select $1, id, name, dialect, created_at, updated_at from channel where project_id = $2 and id = $3
     on conflict do nothing`,
    [rows[0].id, projectId, channelId],
  );
  return rows[0].id;
}

async function linkIssue(query, projectId, rows) {
  const issueId = 1_000_000;
  await query(
    `insert into issue (project_id, id, name, status, feedback_count, created_at, updated_at)
     values ($1, $2, 'Bench', 'INIT', $3, now(), now()) on conflict do nothing`,
    [projectId, issueId, EQUAL],
  );
  await query(
    `insert into feedback_issue (project_id, feedback_id, issue_id, channel_id, feedback_created_at, created_at)
     select $1, id, $2, channel_id, created_at, now() from feedback where project_id = $1 and id > $3 and (id - $3 + 1) / 2 % ($4 / 2 / $5) = 5`,
    [projectId, issueId, FIRST_ID, rows, EQUAL],
  );
  return issueId;
}

/** `at(k)`: whether the row is one of the EQUAL of its channel that a thing number k was given to. */
const INSERT = `
with vocabulary as materialized (
  select array(
    select substr('bacadafagahajakalamanaparasatavawa', 1 + 2 * (n % 17), 2)
      || substr('beceflegiponorusturimodeli', 1 + 2 * (n / 17 % 13), 2)
      || substr('ntrsldmnstrkpl', 1 + 2 * (n % 7), 2) || chr(97 + n / 221 % 26)
    from generate_series(0, 2999) n
  ) as words
)
insert into feedback (project_id, id, channel_id, dialect, fields, search_text, submitted_at, created_at, updated_at)
select case when n % 2 = 1 then $1::bigint else $3::bigint end, $10::bigint + n, $2::bigint, 'user-feedback',
  jsonb_build_object(
    'message', message,
    'email', case when at(1) then 'often@example.com' else 'user' || abs(hashint8(n)) || '@example.com' end,
    'rating', case when at(2) then 1 else 2 + abs(hashint8(n + 77)) % 9 end,
    'os', case when at(3) then 'web' when hashint8(n + 5) % 2 = 0 then 'ios' else 'android' end,
    'tags', case when at(4) then '["ui", "crash"]'::jsonb when hashint8(n + 9) % 3 = 0 then '["ui"]'::jsonb
      when hashint8(n + 9) % 3 = 1 then '["speed"]'::jsonb else '[]'::jsonb end,
    'visitedAt', to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'visitedAt@', (extract(epoch from moment) * 1000)::bigint
  ), message, moment, moment, moment + interval '1 minute'
from vocabulary, generate_series($4::bigint, $5::bigint) n,
  lateral (select (n + 1) / 2 as place, $6::bigint / 2 / $8::bigint as step, $6::bigint / 2 / $9::bigint as wide) as p,
  lateral (select $7::timestamptz + n * interval '1 second' as moment) as t,
  lateral (select array_to_string(array(
    select words[1 + floor(3000 * pow(abs(hashint8(n * 16 + k)) / 2147483648.0, 2))::int] from generate_series(1, 14) k
  ), ' ')
    || case when hashint8(n + 3) % 2 = 0 then ' and the application' else '' end
    || case when place % 100 = 7 then ' percentile' else '' end
    || case when at(0) then ' quixotic' else '' end
    || case when place % wide = 3 then ' xylophone' else '' end as message) as m`.replaceAll(
  /at\((\d)\)/g,
  (_, thing) => `(place % step = ${Number(thing) + 10})`,
);
