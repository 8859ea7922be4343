import { projectUuid } from '#libs/platform/ids/project-uuid.js';

const CONTENTS = 1_000;
const DAYS = 60;

/**
 * Fills a set with feelbacks of the last two months, on a thousand contents named `item <n>`, and counts them as the
 * application would have.
 * @param values as JSON, in the order in which the set counts them
 */
export async function storeFeelbacks(database, { projectId, contentSetId, values, count }) {
  const now = Date.now();
  const ids = Array.from({ length: CONTENTS }, (_, n) => projectUuid(projectId, now - n));
  await database.query(
    `insert into content
     select $1, c.id, $2, 'item ' || c.n, sha256(('item ' || c.n)::bytea), null, null, null, 'item ' || c.n, 'active',
       now(), now()
     from unnest($3::uuid[]) with ordinality as c (id, n)`,
    [projectId, contentSetId, ids],
  );
  await database.query('update content_set set content_count = $2 where id = $1', [contentSetId, CONTENTS]);
  await database.query('analyze content');
  const project = projectId.toString(16).padStart(8, '0');
  for (let from = 0; from < count; from += 100_000) {
    await database.query(
      `with made as (
         select n, date_trunc('milliseconds', now() - random() * $5::int * interval '1 day') as at
         from generate_series($3::int, $4::int - 1) as n
       )
       insert into feelback (project_id, id, content_set_id, content_id, value, bucket, created_at, updated_at)
       select $1, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '8'
           || substr(md5(n::text || random()), 1, 3) || '8' || substr(md5(random()::text), 1, 7) || $6)::uuid,
         $2, ($7::uuid[])[1 + n % $8::int], ($9::jsonb[])[1 + n % $10::int], n % $10::int, at, at
       from made`,
      [
        projectId,
        contentSetId,
        from,
        Math.min(count, from + 100_000),
        DAYS,
        project,
        ids,
        CONTENTS,
        values,
        values.length,
      ],
    );
  }
  await database.query(
    `insert into feelback_rollup
     with placed as (
       select f.bucket, f.created_at, g.grain, p.scope_id, p.entity_id, p.entity_id <> p.scope_id as valued,
         case g.grain when 'life' then timestamptz 'epoch'
           else date_trunc(g.grain, f.created_at at time zone 'UTC') at time zone 'UTC' end as start
       from feelback f
       cross join (values ('hour'), ('day'), ('month'), ('life')) as g (grain)
       cross join lateral (values
         (f.content_set_id, f.content_id),
         ('00000000-0000-0000-0000-000000000000'::uuid, f.content_set_id)
       ) as p (scope_id, entity_id)
       where f.content_set_id = $2
     )
     select $1, scope_id, grain, start, entity_id, count(*),
       array[${values.map((_, bucket) => `count(*) filter (where bucket = ${bucket})`).join(', ')}], 0, max(created_at)
     from placed group by scope_id, grain, start, entity_id
     order by scope_id, grain, start, entity_id`,
    [projectId, contentSetId],
  );
  await database.query('vacuum analyze feelback, feelback_rollup');
}
